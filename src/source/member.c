/*
 * Where a file of an iOS backup lay on the phone.
 *
 * A backup names its files by a domain and a path below it.  Indicators name
 * absolute paths.  The table follows Apple's own list of domains, which was a
 * file of the phone until iOS 16 (/System/Library/Backup/Domains.plist), and
 * what forensic tools made of it; see docs/format/ios-backup.md.
 *
 * The device path shows where the phone would put the file back.  The folders
 * of containers have random names on the phone, which a backup does not hold.
 */
#include "source/member.h"

#include <string.h>

struct domain {
	const char *name;	/* whole, or what stands before the id */
	const char *root;
	bool container;		/* "name-ID" lies in root/ID */
};

static const struct domain domains[] = {
	{ "AppDomain", "/private/var/mobile/Containers/Data/Application",
	    true },
	{ "AppDomainGroup", "/private/var/mobile/Containers/Shared/AppGroup",
	    true },
	{ "AppDomainPlugin",
	    "/private/var/mobile/Containers/Data/PluginKitPlugin", true },
	{ "SysContainerDomain", "/private/var/containers/Data/System", true },
	{ "SysSharedContainerDomain",
	    "/private/var/containers/Shared/SystemGroup", true },
	{ "HomeDomain", "/private/var/mobile", false },
	{ "CameraRollDomain", "/private/var/mobile", false },
	{ "MediaDomain", "/private/var/mobile", false },
	{ "KeyboardDomain", "/private/var/mobile", false },
	{ "HomeKitDomain", "/private/var/mobile", false },
	{ "TonesDomain", "/private/var/mobile", false },
	{ "HealthDomain", "/private/var/mobile/Library", false },
	{ "BooksDomain", "/private/var/mobile/Media/Books", false },
	{ "RootDomain", "/private/var/root", false },
	{ "WirelessDomain", "/private/var/wireless", false },
	{ "SystemPreferencesDomain", "/private/var/preferences", false },
	{ "ManagedPreferencesDomain", "/private/var/Managed Preferences",
	    false },
	{ "KeychainDomain", "/private/var/Keychains", false },
	{ "DatabaseDomain", "/private/var/db", false },
	{ "InstallDomain", "/private/var/installd", false },
	{ "MobileDeviceDomain", "/private/var/MobileDevice", false },
	{ "NetworkDomain", "/private/var/networkd", false },
	{ "ProtectedDomain", "/private/var/protected", false },
};

/* The id behind "name-"; none if the domain is not of that kind.  An id with a
   slash or of dots alone would lead out of its folder: no phone has one. */
static struct bytes
container_id(struct bytes domain, const char *name)
{
	size_t n = strlen(name);
	struct bytes id = bytes_part(domain, n, SIZE_MAX);
	const struct bytes none = { NULL, 0 };

	if (!bytes_starts(domain, name) || !bytes_starts(id, "-"))
		return none;
	id = bytes_part(id, 1, SIZE_MAX);
	if (bytes_find_byte(id, '/', 0) != SIZE_MAX || bytes_is(id, ".") ||
	    bytes_is(id, ".."))
		return none;
	return id;
}

bool
member_device_path(struct buf *to, struct bytes domain, struct bytes path)
{
	struct bytes id = { NULL, 0 };
	size_t i;

	for (i = 0; i < sizeof(domains) / sizeof(domains[0]); i++) {
		if (domains[i].container)
			id = container_id(domain, domains[i].name);
		if (domains[i].container ? id.n > 0 :
		    bytes_is(domain, domains[i].name))
			break;
	}
	if (i == sizeof(domains) / sizeof(domains[0]))
		return false;
	buf_text(to, domains[i].root);
	if (domains[i].container) {
		buf_byte(to, '/');
		buf_add(to, id);
	}
	if (path.n > 0) {
		buf_byte(to, '/');
		buf_add(to, path);
	}
	return true;
}
