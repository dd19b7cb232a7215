/*
 * Domains of a backup to paths on the phone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "source/member.h"

struct place {
	const char *domain, *path, *wanted;	/* NULL: unknown */
};

/* One row for each domain, and what must not be taken for one. */
static const struct place places[] = {
	{ "HomeDomain", "Library/SMS/sms.db",
	    "/private/var/mobile/Library/SMS/sms.db" },
	{ "HomeDomain", "", "/private/var/mobile" },
	{ "RootDomain", "Library/Caches/locationd/clients.plist",
	    "/private/var/root/Library/Caches/locationd/clients.plist" },
	{ "WirelessDomain", "Library/Databases/DataUsage.sqlite",
	    "/private/var/wireless/Library/Databases/DataUsage.sqlite" },
	{ "MediaDomain", "Library/SMS/Attachments/a b/c.jpg",
	    "/private/var/mobile/Library/SMS/Attachments/a b/c.jpg" },
	{ "CameraRollDomain", "Media/DCIM/100APPLE/IMG_0001.HEIC",
	    "/private/var/mobile/Media/DCIM/100APPLE/IMG_0001.HEIC" },
	{ "KeyboardDomain", "Library/Keyboard/user_model_database.sqlite",
	    "/private/var/mobile/Library/Keyboard/"
	    "user_model_database.sqlite" },
	{ "HomeKitDomain", "Library/homed/datastore3.sqlite",
	    "/private/var/mobile/Library/homed/datastore3.sqlite" },
	{ "TonesDomain", "Media/Purchases/x.m4r",
	    "/private/var/mobile/Media/Purchases/x.m4r" },
	{ "HealthDomain", "Health/healthdb.sqlite",
	    "/private/var/mobile/Library/Health/healthdb.sqlite" },
	{ "BooksDomain", "Purchases.plist",
	    "/private/var/mobile/Media/Books/Purchases.plist" },
	{ "SystemPreferencesDomain", "SystemConfiguration/preferences.plist",
	    "/private/var/preferences/SystemConfiguration/"
	    "preferences.plist" },
	{ "ManagedPreferencesDomain", "mobile/com.apple.purplebuddy.plist",
	    "/private/var/Managed Preferences/mobile/"
	    "com.apple.purplebuddy.plist" },
	{ "KeychainDomain", "keychain-backup.plist",
	    "/private/var/Keychains/keychain-backup.plist" },
	{ "DatabaseDomain", "timed/timed.plist",
	    "/private/var/db/timed/timed.plist" },
	{ "InstallDomain", "Library/MobileInstallation/x.plist",
	    "/private/var/installd/Library/MobileInstallation/x.plist" },
	{ "MobileDeviceDomain", "ProvisioningProfiles",
	    "/private/var/MobileDevice/ProvisioningProfiles" },
	{ "NetworkDomain", "db/netusage.sqlite",
	    "/private/var/networkd/db/netusage.sqlite" },
	{ "ProtectedDomain", "trustd/private/TrustStore.sqlite3",
	    "/private/var/protected/trustd/private/TrustStore.sqlite3" },
	{ "AppDomain-com.example.app", "Documents/a",
	    "/private/var/mobile/Containers/Data/Application/"
	    "com.example.app/Documents/a" },
	{ "AppDomain-com.example.my-app", "Documents/a",
	    "/private/var/mobile/Containers/Data/Application/"
	    "com.example.my-app/Documents/a" },
	{ "AppDomainGroup-group.com.example.app", "x.sqlite",
	    "/private/var/mobile/Containers/Shared/AppGroup/"
	    "group.com.example.app/x.sqlite" },
	{ "AppDomainPlugin-com.example.app.share", "Library",
	    "/private/var/mobile/Containers/Data/PluginKitPlugin/"
	    "com.example.app.share/Library" },
	{ "SysContainerDomain-com.apple.appstored", "Documents/apps.plist",
	    "/private/var/containers/Data/System/com.apple.appstored/"
	    "Documents/apps.plist" },
	{ "SysSharedContainerDomain-systemgroup.com.apple.bluetooth", "",
	    "/private/var/containers/Shared/SystemGroup/"
	    "systemgroup.com.apple.bluetooth" },
	/* not domains that we know */
	{ "", "Library/SMS/sms.db", NULL },
	{ "HomeDomain2", "x", NULL },
	{ "homedomain", "x", NULL },
	{ "Home", "x", NULL },
	{ "HomeDomain-x", "x", NULL },
	{ "AppDomain", "x", NULL },
	{ "AppDomain-", "x", NULL },
	{ "AppDomainGroupX-a", "x", NULL },
	{ "AppDomainPlaceholder-com.example.app", "x", NULL },
	/* ids that would lead elsewhere */
	{ "SysContainerDomain-../../../../var/root", "x", NULL },
	{ "SysSharedContainerDomain-..", "x", NULL },
	{ "AppDomain-.", "x", NULL },
	{ "AppDomain-a/b", "x", NULL },
};

static void
test_places(void **state)
{
	struct buf to = buf_with(4096);
	bool known;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		buf_reset(&to);
		known = member_device_path(&to, bytes_of(places[i].domain),
		    bytes_of(places[i].path));
		assert_int_equal(known, places[i].wanted != NULL);
		assert_true(bytes_is(buf_bytes(&to),
		    known ? places[i].wanted : ""));
	}
	buf_free(&to);
}

/* What was in the buffer stays, whether the domain is known or not. */
static void
test_appends(void **state)
{
	struct buf to = buf_with(4096);

	(void)state;
	buf_text(&to, "at ");
	assert_false(member_device_path(&to, bytes_of("NoDomain"),
	    bytes_of("a")));
	assert_true(bytes_is(buf_bytes(&to), "at "));
	assert_true(member_device_path(&to, bytes_of("RootDomain"),
	    bytes_of("a")));
	assert_true(bytes_is(buf_bytes(&to), "at /private/var/root/a"));
	buf_free(&to);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_appends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
