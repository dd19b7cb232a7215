/*
 * Every rule that can make a finding: its id, level and strength.  What a rule
 * says to people stands in report/texts.c, in each language.
 */
#ifndef RECORD_RULE_H
#define RECORD_RULE_H

enum level { LEVEL_INFO, LEVEL_LOW, LEVEL_MEDIUM, LEVEL_HIGH, LEVEL_CRITICAL };

enum strength {
	STRENGTH_TRACE,		/* often has a harmless cause */
	STRENGTH_VISITED,	/* a page was visited */
	STRENGTH_RECEIVED,	/* a link, file or message was received */
	STRENGTH_PRESENT,	/* a known implant was present */
	STRENGTH_RAN		/* a known implant ran */
};

/*	constant	id	level	strength */
#define RULES(X)							\
	X(RULE_IOC_PROCESS,	"indicator.process_ran",	CRITICAL, RAN) \
	X(RULE_IOC_TRUNCATED,	"indicator.process_truncated",	HIGH, TRACE) \
	X(RULE_IOC_PROCESS_NAME, "indicator.process_present", \
	    CRITICAL, PRESENT) \
	X(RULE_IOC_PATH,	"indicator.path", \
	    CRITICAL, PRESENT) \
	X(RULE_IOC_FILE_NAME,	"indicator.file_name",		HIGH, PRESENT) \
	X(RULE_IOC_FILE_RECEIVED, "indicator.file_received", \
	    HIGH, RECEIVED) \
	X(RULE_IOC_HASH,	"indicator.hash", \
	    CRITICAL, PRESENT) \
	X(RULE_IOC_CERT,	"indicator.certificate", \
	    CRITICAL, PRESENT) \
	X(RULE_IOC_PROFILE,	"indicator.profile", \
	    CRITICAL, PRESENT) \
	X(RULE_IOC_APP,		"indicator.app", \
	    CRITICAL, PRESENT) \
	X(RULE_IOC_PROPERTY,	"indicator.property", \
	    CRITICAL, PRESENT) \
	X(RULE_IOC_RECEIVED,	"indicator.link_received", \
	    HIGH, RECEIVED) \
	X(RULE_IOC_CONTACT,	"indicator.contact", \
	    HIGH, RECEIVED) \
	X(RULE_IOC_VISITED,	"indicator.page_visited",	HIGH, VISITED) \
	X(RULE_IOC_LOADED,	"indicator.part_loaded", \
	    MEDIUM, VISITED) \
	X(RULE_IOC_STANDS,	"indicator.mentioned",		MEDIUM, TRACE) \
	X(RULE_IOC_TOGETHER,	"indicator.together",		HIGH, TRACE) \
	X(RULE_SHORTENED,	"link.shortened",		INFO, TRACE) \
	X(RULE_SAFARI_REDIRECT,	"ios.safari.fast_redirect",	LOW, VISITED) \
	X(RULE_PROFILE_SETTINGS, "ios.profile.notification_settings", \
	    LOW, TRACE) \
	X(RULE_PROFILE_EVENT,	"ios.profile.event",		INFO, TRACE) \
	X(RULE_APP_NO_STORE,	"ios.app.not_from_store",	MEDIUM, TRACE) \
	X(RULE_APP_TESTFLIGHT,	"ios.app.testflight",		LOW, TRACE) \
	X(RULE_APP_NO_ID,	"ios.app.no_metadata",		LOW, TRACE) \
	X(RULE_SMS_APPLE_ALERT,	"ios.sms.apple_threat_notice", \
	    HIGH, RECEIVED) \
	X(RULE_SMS_VAR_TMP,	"ios.sms.attachment_var_tmp", \
	    MEDIUM, RECEIVED) \
	X(RULE_CALENDAR_QUADREAM, "ios.calendar.meeting_notes", \
	    MEDIUM, RECEIVED) \
	X(RULE_IDSTATUS_NUL,	"ios.idstatus.nul_in_handle",	HIGH, TRACE) \
	X(RULE_DATAUSAGE_ORPHAN, "ios.datausage.process_removed", \
	    MEDIUM, TRACE) \
	X(RULE_DATAUSAGE_GAP,	"ios.datausage.missing_ids",	LOW, TRACE) \
	X(RULE_SYSDIAGNOSE,	"ios.sysdiagnose.in_backup",	INFO, TRACE) \
	X(RULE_TRUST_ROOT,	"ios.trust.root_certificate",	LOW, TRACE) \
	X(RULE_DEVICE_MANAGED,	"ios.device.managed",		INFO, TRACE) \
	X(RULE_NETWORK_VPN,	"ios.network.vpn",		INFO, TRACE) \
	X(RULE_NETWORK_FILTER,	"ios.network.filter",		LOW, TRACE) \
	X(RULE_UPDATES_DISABLED, "ios.launchd.updates_disabled", \
	    LOW, TRACE) \
	X(RULE_LOCKDOWN_ON,	"ios.lockdown_mode.on",		INFO, TRACE) \
	X(RULE_LOCKDOWN_OFF,	"ios.lockdown_mode.off",	INFO, TRACE)

enum rule {
#define X(constant, id, level, strength) constant,
	RULES(X)
#undef X
	RULE_COUNT
};

struct rule_info {
	const char *id;
	enum level level;
	enum strength strength;
};

const struct rule_info *rule_info(enum rule);

/* "critical", "high", "medium", "low", "info". */
const char *level_name(enum level);

/* "ran", "present", "received", "visited", "trace". */
const char *strength_name(enum strength);

#endif
