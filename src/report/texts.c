#include "report/texts.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "report/texts_en.h"
#include "report/texts_ru.h"

static const char *const phrases[PHRASE_COUNT][LANG_COUNT] = {
#define X(constant, english, russian) [constant] = { english, russian },
	PHRASES(X)
#undef X
};

const struct texts_rule *
texts_rule(enum lang lang, enum rule rule)
{
	assert((unsigned)rule < RULE_COUNT);
	return lang == LANG_RU ? &texts_ru_rules[rule] :
	    &texts_en_rules[rule];
}

const char *
texts_phrase(enum lang lang, enum phrase phrase)
{
	assert((unsigned)phrase < PHRASE_COUNT);
	assert((unsigned)lang < LANG_COUNT);
	return phrases[phrase][lang];
}

static const char *const langs[LANG_COUNT] = {
	[LANG_EN] = "en",
	[LANG_RU] = "ru"
};

const char *
texts_lang(enum lang lang)
{
	assert((unsigned)lang < LANG_COUNT);
	return langs[lang];
}

enum lang
texts_lang_find(const char *name)
{
	unsigned i;

	for (i = 0; i < LANG_COUNT; i++)
		if (strcmp(langs[i], name) == 0)
			break;
	return (enum lang)i;
}

const char *
texts_verdict(enum lang lang, enum verdict verdict)
{
	static const enum phrase names[] = {
		[VERDICT_NOTHING] = PHRASE_NOTHING,
		[VERDICT_INCOMPLETE] = PHRASE_INCOMPLETE,
		[VERDICT_SUSPICIOUS] = PHRASE_SUSPICIOUS,
		[VERDICT_COMPROMISED] = PHRASE_COMPROMISED
	};

	assert((unsigned)verdict <= VERDICT_COMPROMISED);
	return texts_phrase(lang, names[verdict]);
}

const char *
texts_verdict_loud(enum lang lang, enum verdict verdict)
{
	static const enum phrase names[] = {
		[VERDICT_NOTHING] = PHRASE_LOUD_NOTHING,
		[VERDICT_INCOMPLETE] = PHRASE_LOUD_INCOMPLETE,
		[VERDICT_SUSPICIOUS] = PHRASE_LOUD_SUSPICIOUS,
		[VERDICT_COMPROMISED] = PHRASE_LOUD_COMPROMISED
	};

	assert((unsigned)verdict <= VERDICT_COMPROMISED);
	return texts_phrase(lang, names[verdict]);
}

const char *
texts_level(enum lang lang, enum level level)
{
	static const enum phrase names[] = {
		[LEVEL_INFO] = PHRASE_INFO,
		[LEVEL_LOW] = PHRASE_LOW,
		[LEVEL_MEDIUM] = PHRASE_MEDIUM,
		[LEVEL_HIGH] = PHRASE_HIGH,
		[LEVEL_CRITICAL] = PHRASE_CRITICAL
	};

	assert((unsigned)level <= LEVEL_CRITICAL);
	return texts_phrase(lang, names[level]);
}

const char *
texts_strength(enum lang lang, enum strength strength)
{
	static const enum phrase names[] = {
		[STRENGTH_TRACE] = PHRASE_TRACE,
		[STRENGTH_VISITED] = PHRASE_VISITED,
		[STRENGTH_RECEIVED] = PHRASE_RECEIVED,
		[STRENGTH_PRESENT] = PHRASE_PRESENT,
		[STRENGTH_RAN] = PHRASE_RAN
	};

	assert((unsigned)strength <= STRENGTH_RAN);
	return texts_phrase(lang, names[strength]);
}

const char *
texts_coverage(enum lang lang, enum coverage state)
{
	static const enum phrase names[] = {
		[COVERAGE_EXAMINED] = PHRASE_EXAMINED,
		[COVERAGE_PARTLY] = PHRASE_PARTLY,
		[COVERAGE_UNREADABLE] = PHRASE_UNREADABLE,
		[COVERAGE_ABSENT] = PHRASE_ABSENT,
		[COVERAGE_NOT_IN_KIND] = PHRASE_NOT_IN_KIND
	};

	assert((unsigned)state <= COVERAGE_NOT_IN_KIND);
	return texts_phrase(lang, names[state]);
}

struct pair {
	const char *key, *text;
};

static const struct pair artifacts_ru[] = {
	{ "ios_backup_info", "описание резервной копии и устройства" },
	{ "ios_manifest", "список файлов резервной копии" },
	{ "ios_sysdiagnose_archives",
	  "архивы sysdiagnose в копии: названы, не открыты" },
	{ "ios_configuration_profiles", "профили конфигурации" },
	{ "ios_profile_events", "установка и удаление профилей" },
	{ "ios_settings_events", "кто и когда менял ограничения" },
	{ "ios_management", "надзор, удалённое управление, ограничения" },
	{ "ios_managed_preferences", "предписанные настройки" },
	{ "ios_trust_store", "добавленные корневые сертификаты" },
	{ "ios_network_extension", "VPN, фильтры содержимого, DNS" },
	{ "ios_launchd_disabled", "выключенные службы системы" },
	{ "ios_accounts", "учётные записи на телефоне" },
	{ "ios_applications", "приложения и откуда они" },
	{ "ios_app_state", "приложения, которые есть или были в телефоне" },
	{ "ios_system_app_state", "состояние приложений самой системы" },
	{ "ios_app_store",
	  "приложения, установленные или купленные через App Store" },
	{ "ios_installation_log", "журнал установки и удаления приложений" },
	{ "ios_calls", "журнал звонков" },
	{ "ios_voicemail", "голосовая почта" },
	{ "ios_contacts", "контакты" },
	{ "ios_recents", "недавние адресаты" },
	{ "ios_calendar", "календарь" },
	{ "ios_notes", "заметки: заголовки, ссылки, файлы, участники" },
	{ "ios_sms", "сообщения SMS и iMessage" },
	{ "ios_sms_attachments", "вложения SMS и iMessage" },
	{ "ios_safari_history", "страницы, открытые в Safari" },
	{ "ios_safari_browser_state", "вкладки Safari" },
	{ "ios_safari_tabs",
	  "вкладки Safari начиная с iOS 15 и других устройств" },
	{ "ios_safari_bookmarks", "закладки и список для чтения Safari" },
	{ "ios_safari_sites", "настройки и разрешения сайтов в Safari" },
	{ "ios_cookies", "сайты, оставившие cookie в приложениях" },
	{ "ios_chrome_history", "страницы, открытые в Chrome" },
	{ "ios_chrome_favicon", "значки сайтов в Chrome" },
	{ "ios_firefox_history", "страницы, открытые в Firefox" },
	{ "ios_firefox_favicon", "значки сайтов в Firefox" },
	{ "ios_firefox_places", "страницы и закладки Firefox" },
	{ "ios_whatsapp", "сообщения WhatsApp" },
	{ "ios_whatsapp_contacts", "контакты WhatsApp" },
	{ "ios_whatsapp_calls", "звонки WhatsApp" },
	{ "ios_messenger_accounts",
	  "учётные записи и настройки мессенджеров" },
	{ "ios_interaction_c", "общение между людьми и приложениями" },
	{ "ios_notifications", "уведомления приложений" },
	{ "ios_tcc", "доступ приложений к камере, микрофону и данным" },
	{ "ios_datausage", "расход сети по программам" },
	{ "ios_os_analytics_ad_daily", "расход сети по программам за день" },
	{ "ios_diagnostic_settings", "имена, отмеченные службами диагностики" },
	{ "ios_locationd_clients", "программы, получавшие местоположение" },
	{ "ios_location_cache", "геозоны и приложения, которые их задали" },
	{ "ios_id_status_cache", "учётные записи, запрошенные у Apple" },
	{ "ios_wifi_networks", "известные сети Wi-Fi" },
	{ "ios_bluetooth_devices", "устройства Bluetooth" },
	{ "ios_cellular", "SIM-карты и номера телефона" },
	{ "ios_global_preferences", "общие настройки, режим блокировки" },
	{ "ios_keyboard", "клавиатуры приложений и сокращения" },
	{ "ios_webkit_resource_load_statistics",
	  "сайты, с которых загружали страницы" },
	{ "ios_webkit_session_resource_log",
	  "переходы между сайтами внутри приложений" },
	{ "ios_shortcuts", "быстрые команды" },
	{ NULL, NULL }
};

const char *
texts_artifact(enum lang lang, const char *artifact, const char *about)
{
	const struct pair *p;

	if (lang != LANG_RU)
		return about;
	for (p = artifacts_ru; p->key != NULL; p++)
		if (strcmp(p->key, artifact) == 0)
			return p->text;
	return about;
}

static const struct pair kinds_ru[] = {
	{ "domain", "домен" },
	{ "ipv4", "адрес IPv4" },
	{ "ipv6", "адрес IPv6" },
	{ "url", "URL" },
	{ "email", "адрес почты" },
	{ "phone", "номер телефона" },
	{ "process", "программа" },
	{ "file_name", "имя файла" },
	{ "path", "путь к файлу" },
	{ "md5", "хеш MD5" },
	{ "sha1", "хеш SHA-1" },
	{ "sha256", "хеш SHA-256" },
	{ "cert_md5", "сертификат (MD5)" },
	{ "cert_sha1", "сертификат (SHA-1)" },
	{ "cert_sha256", "сертификат (SHA-256)" },
	{ "app_id", "приложение" },
	{ "profile", "профиль" },
	{ "property", "системный параметр" },
	{ "pattern", "сочетание признаков" },
	{ NULL, NULL }
};

struct bytes
texts_kind(enum lang lang, struct bytes name)
{
	const struct pair *p;

	if (lang != LANG_RU)
		return name;
	for (p = kinds_ru; p->key != NULL; p++)
		if (bytes_is(name, p->key))
			return bytes_of(p->text);
	return name;
}

static const struct {
	const char *key;
	enum phrase phrase;
} device_keys[] = {
	{ "name", PHRASE_DEV_NAME },
	{ "display_name", PHRASE_DEV_DISPLAY_NAME },
	{ "product_name", PHRASE_DEV_PRODUCT_NAME },
	{ "product_type", PHRASE_DEV_PRODUCT_TYPE },
	{ "product_version", PHRASE_DEV_PRODUCT_VERSION },
	{ "build", PHRASE_DEV_BUILD },
	{ "serial", PHRASE_DEV_SERIAL },
	{ "udid", PHRASE_DEV_UDID },
	{ "guid", PHRASE_DEV_GUID },
	{ "imei", PHRASE_DEV_IMEI },
	{ "imei2", PHRASE_DEV_IMEI2 },
	{ "meid", PHRASE_DEV_MEID },
	{ "iccid", PHRASE_DEV_ICCID },
	{ "phone", PHRASE_DEV_PHONE },
	{ "last_backup", PHRASE_DEV_LAST_BACKUP },
	{ "itunes_version", PHRASE_DEV_ITUNES },
	{ "target_type", PHRASE_DEV_TARGET_TYPE },
	{ "target_identifier", PHRASE_DEV_TARGET_ID },
	{ "iccid2", PHRASE_DEV_ICCID2 },
	{ "macos_version", PHRASE_DEV_MACOS },
	{ "manifest_version", PHRASE_DEV_MANIFEST },
	{ "passcode_set", PHRASE_DEV_PASSCODE },
	{ "full_backup", PHRASE_DEV_FULL },
	{ "snapshot_state", PHRASE_DEV_SNAPSHOT },
	{ "encrypted_flag", PHRASE_DEV_FLAG },
	{ "encrypted", PHRASE_DEV_ENCRYPTED },
};

const char *
texts_device(enum lang lang, const char *key)
{
	size_t i;

	for (i = 0; i < sizeof(device_keys) / sizeof(device_keys[0]); i++)
		if (strcmp(device_keys[i].key, key) == 0)
			return texts_phrase(lang, device_keys[i].phrase);
	return key;
}

/* Their addresses are common knowledge; PHRASE_HELP_DATE says as of when. */
static const struct texts_helpline helplines[LANG_COUNT][5] = {
	[LANG_EN] = {
		{ "Access Now Digital Security Helpline",
		  "for journalists, activists and civil society; day and "
		  "night, in several languages",
		  "help@accessnow.org", "https://www.accessnow.org/help/" },
		{ "Amnesty International Security Lab",
		  "for human rights defenders and journalists; looks for "
		  "spyware itself",
		  NULL, "https://securitylab.amnesty.org/get-help/" },
		{ "Apple, about its threat notifications",
		  "what such a warning means and how to tell a true one",
		  NULL, "https://support.apple.com/en-us/102174" },
		{ "The national CERT of your country",
		  "for state bodies and election commissions; the list of "
		  "teams names it",
		  NULL, "https://www.first.org/members/teams/" },
	},
	[LANG_RU] = {
		{ "Access Now, служба помощи по цифровой безопасности",
		  "для журналистов, активистов и гражданского общества; "
		  "круглосуточно, в том числе по-русски",
		  "help@accessnow.org", "https://www.accessnow.org/help/" },
		{ "Amnesty International Security Lab",
		  "для правозащитников и журналистов; сама ищет шпионские "
		  "программы",
		  NULL, "https://securitylab.amnesty.org/get-help/" },
		{ "Apple, о предупреждениях об угрозах",
		  "что значит такое предупреждение и как узнать настоящее",
		  NULL, "https://support.apple.com/ru-ru/102174" },
		{ "Национальный CERT вашей страны",
		  "для государственных органов и избирательных комиссий; "
		  "назван в списке команд",
		  NULL, "https://www.first.org/members/teams/" },
	},
};

const struct texts_helpline *
texts_helpline(enum lang lang, unsigned n)
{
	assert((unsigned)lang < LANG_COUNT);
	if (n >= sizeof(helplines[0]) / sizeof(helplines[0][0]) ||
	    helplines[lang][n].name == NULL)
		return NULL;
	return &helplines[lang][n];
}
