/*
 * Every phrase of the reports that belongs to no rule, in each language.  A
 * phrase without its translation does not compile.  {} is a place for a
 * number, a name or a text; both languages have the same number of them.
 */
#ifndef REPORT_PHRASES_H
#define REPORT_PHRASES_H

/*	constant	English		Russian */
#define PHRASES(X)							\
	PHRASES_VERDICT(X)						\
	PHRASES_NAMES(X)						\
	PHRASES_FACTS(X)						\
	PHRASES_FINDINGS(X)						\
	PHRASES_TABLES(X)						\
	PHRASES_PERSON(X)						\
	PHRASES_LIMITS(X)						\
	PHRASES_DEVICE(X)

#define PHRASES_VERDICT(X)						\
	X(PHRASE_VERDICT, "Verdict", "Вывод")				\
	X(PHRASE_COMPROMISED, "compromised", "взломан")			\
	X(PHRASE_SUSPICIOUS, "suspicious", "есть подозрения")		\
	X(PHRASE_INCOMPLETE, "incomplete", "проверка неполная")		\
	X(PHRASE_NOTHING, "nothing found", "ничего не найдено")		\
	X(PHRASE_LOUD_COMPROMISED, "COMPROMISED", "ВЗЛОМАН")		\
	X(PHRASE_LOUD_SUSPICIOUS, "SUSPICIOUS", "ЕСТЬ ПОДОЗРЕНИЯ")	\
	X(PHRASE_LOUD_INCOMPLETE, "INCOMPLETE", "ПРОВЕРКА НЕПОЛНАЯ")	\
	X(PHRASE_LOUD_NOTHING, "NOTHING FOUND", "НИЧЕГО НЕ НАЙДЕНО")	\
	X(PHRASE_COMPROMISED_WHY,					\
	    "The traces say that known spyware ran on this phone or was "	\
	    "present on it. The strongest: {}.",			\
	    "Следы говорят, что на этом телефоне работала или находилась "	\
	    "известная шпионская программа. Самый сильный: {}.")	\
	X(PHRASE_SUSPICIOUS_WHY,					\
	    "There are traces such as an attack leaves. None of them proves "	\
	    "that spyware was on this phone. The strongest: {}.",	\
	    "Есть следы, какие оставляет атака. Ни один из них не "	\
	    "доказывает, что на телефоне была шпионская программа. Самый "	\
	    "сильный: {}.")						\
	X(PHRASE_INCOMPLETE_WHY,					\
	    "Nothing was found in what could be read, but not everything "	\
	    "could be read (gaps: {}). This is no all-clear.",		\
	    "В том, что удалось прочитать, ничего не найдено, но прочитать "	\
	    "удалось не всё (пробелов: {}). Это не значит, что телефон "	\
	    "чист.")							\
	X(PHRASE_NOTHING_WHY,						\
	    "Nothing was found, and everything that this evidence holds was "	\
	    "read. That does not prove the phone clean: there are things "	\
	    "that this evidence can never show.",			\
	    "Ничего не найдено, и прочитано всё, что есть в этих данных. "	\
	    "Это не доказывает, что телефон чист: есть вещи, которых эти "	\
	    "данные никогда не покажут.")				\
	X(PHRASE_WITH_GAPS,						\
	    "Not everything could be read (gaps: {}): there may be more.",	\
	    "Прочитать удалось не всё (пробелов: {}): следов может быть "	\
	    "больше.")							\
	X(PHRASE_NOT_HELD,						\
	    "This backup is not encrypted and therefore holds none of the "	\
	    "following: {}.",						\
	    "Эта резервная копия не зашифрована, поэтому в ней нет "	\
	    "следующего: {}.")						\
	X(PHRASE_NO_INDICATORS,						\
	    "No published indicators were loaded, so known spyware was not "	\
	    "looked for by its names and addresses.",			\
	    "Опубликованные индикаторы не загружены, поэтому известные "	\
	    "шпионские программы по именам и адресам не искали.")

#define PHRASES_NAMES(X)						\
	X(PHRASE_CRITICAL, "critical", "критический")			\
	X(PHRASE_HIGH, "high", "высокий")				\
	X(PHRASE_MEDIUM, "medium", "средний")				\
	X(PHRASE_LOW, "low", "низкий")					\
	X(PHRASE_INFO, "info", "к сведению")				\
	X(PHRASE_RAN, "a known implant ran",				\
	    "известная шпионская программа работала")			\
	X(PHRASE_PRESENT, "a known implant was present",		\
	    "известная шпионская программа была на телефоне")		\
	X(PHRASE_RECEIVED, "a link, file or message was received",	\
	    "получена ссылка, файл или сообщение")			\
	X(PHRASE_VISITED, "a page was visited", "посещена страница")	\
	X(PHRASE_TRACE, "a trace that often has a harmless cause",	\
	    "след, у которого часто безобидная причина")		\
	X(PHRASE_EXAMINED, "examined", "проверено")			\
	X(PHRASE_PARTLY, "partly read", "прочитано частично")		\
	X(PHRASE_UNREADABLE, "unreadable", "прочитать не удалось")	\
	X(PHRASE_ABSENT, "absent", "отсутствует")			\
	X(PHRASE_NOT_IN_KIND, "not in an unencrypted backup",		\
	    "нет в незашифрованной копии")

#define PHRASES_FACTS(X)						\
	X(PHRASE_TITLE, "Phone examination report",			\
	    "Отчёт о проверке телефона")				\
	X(PHRASE_REDACTED,						\
	    "This copy is redacted: names, numbers, addresses, identifiers "	\
	    "and the texts of messages are left out.",			\
	    "Это копия с изъятиями: имена, номера, адреса, идентификаторы "	\
	    "и тексты сообщений убраны.")				\
	X(PHRASE_REMOVED, "[left out]", "[изъято]")			\
	X(PHRASE_DEVICE, "Device", "Устройство")			\
	X(PHRASE_EVIDENCE, "Evidence", "Данные")			\
	X(PHRASE_UNKNOWN_DEVICE, "unknown device",			\
	    "неизвестное устройство")					\
	X(PHRASE_BACKUP, "iPhone or iPad backup",			\
	    "резервная копия iPhone или iPad")				\
	X(PHRASE_ENCRYPTED, "encrypted", "зашифрована")			\
	X(PHRASE_NOT_ENCRYPTED, "not encrypted", "не зашифрована")	\
	X(PHRASE_MADE, "made {}", "создана {}")				\
	X(PHRASE_READ,							\
	    "files listed: {}; read for this check: {} ({})",		\
	    "файлов в списке: {}; прочитано для проверки: {} ({})")	\
	X(PHRASE_OUTPUT, "Output", "Записано")				\
	X(PHRASE_NO_RECORDS,						\
	    "findings, coverage and report only: this backup is "	\
	    "encrypted, and its records and timeline would lie there in " \
	    "clear (--records writes them)",				\
	    "только находки, охват и отчёт: копия зашифрована, а записи " \
	    "и хронология лежали бы открыто (их пишет --records)")	\
	X(PHRASE_RECORDS_CLEAR,						\
	    "records and timeline of an encrypted backup too, in clear: "	\
	    "keep them as well as the phone",				\
	    "также записи и хронология зашифрованной копии, открыто: "	\
	    "храните их так же бережно, как телефон")			\
	X(PHRASE_HASH, "SHA-256 of what was read",			\
	    "SHA-256 прочитанного")					\
	X(PHRASE_KIND, "Kind", "Вид")					\
	X(PHRASE_FOLDER, "Folder", "Папка")				\
	X(PHRASE_FILES, "Files", "Файлы")				\
	X(PHRASE_EXAMINER, "Examiner", "Проверил(а)")			\
	X(PHRASE_NOTE, "Note", "Примечание")				\
	X(PHRASE_TOOL, "Tool", "Программа")				\
	X(PHRASE_SANDBOX, "Sandbox", "Изоляция разбора")		\
	X(PHRASE_SANDBOX_FULL, "full", "полная")			\
	X(PHRASE_SANDBOX_PARTIAL, "partial", "частичная")		\
	X(PHRASE_SANDBOX_NONE, "none", "отсутствует")

#define PHRASES_FINDINGS(X)						\
	X(PHRASE_FINDINGS, "Findings", "Находки")			\
	X(PHRASE_NO_FINDINGS, "No findings.", "Находок нет.")		\
	X(PHRASE_ALSO, "Also noticed, for information",			\
	    "Также замечено, к сведению")				\
	X(PHRASE_STRENGTH, "Strength", "Сила")				\
	X(PHRASE_LEVEL, "Level", "Уровень")				\
	X(PHRASE_TIMES, "{} times", "раз: {}")				\
	X(PHRASE_UNTIL, "until {}", "до {}")				\
	X(PHRASE_NO_TIME, "no time known", "время неизвестно")		\
	X(PHRASE_WHEN, "When", "Когда")					\
	X(PHRASE_WHERE, "Where", "Где")					\
	X(PHRASE_ROW, "row\xc2\xa0{}", "строка\xc2\xa0{}")				\
	X(PHRASE_MATCHED, "Matched", "Совпало")				\
	X(PHRASE_INDICATOR, "Published as", "Опубликовано как")		\
	X(PHRASE_INDICATOR_IS, "{} ({}) in {}", "{} ({}), набор: {}")	\
	X(PHRASE_EXPIRED, "expired when the evidence was taken",	\
	    "устарел к дате этих данных")				\
	X(PHRASE_RECORD, "Record", "Запись")				\
	X(PHRASE_WHY, "Why it matters", "Почему это важно")		\
	X(PHRASE_HARMLESS, "What harmless thing looks alike",		\
	    "Что безобидное выглядит так же")				\
	X(PHRASE_NEXT, "Next step", "Что делать")			\
	X(PHRASE_MORE, "{} more of this kind are not listed here.",	\
	    "Ещё таких, не показанных здесь: {}.")			\
	X(PHRASE_MORE_DETAILS, "{} more, with all details: {}",		\
	    "Ещё: {}. Все подробности: {}")				\
	X(PHRASE_USE_JSON, "use -o FOLDER or --json",			\
	    "-o ПАПКА или --json")					\
	X(PHRASE_TIMELINE, "When it happened", "Когда это было")	\
	X(PHRASE_TIMELINE_ABOUT,					\
	    "Findings by time (UTC), one row for each level. A circle with "	\
	    "a number stands for that many close together; a dashed line is "	\
	    "the day the evidence was made.",				\
	    "Находки по времени (UTC), строка на каждый уровень. Круг с "	\
	    "числом — столько находок рядом; пунктир — день, когда созданы "	\
	    "данные.")							\
	X(PHRASE_TIMELINE_NONE,						\
	    "No finding carries a time that could be drawn.",		\
	    "Ни у одной находки нет времени, которое можно нарисовать.")	\
	X(PHRASE_TIMELINE_OUTSIDE,					\
	    "Not drawn, for they have no time or one that cannot be right: "	\
	    "{}.",							\
	    "Не нарисовано, без времени или с невозможным временем: {}.")

#define PHRASES_TABLES(X)						\
	X(PHRASE_GAPS, "What could not be read", "Что прочитать не удалось") \
	X(PHRASE_NO_GAPS,						\
	    "No gaps: everything that was there for this check was read.",	\
	    "Пробелов нет: прочитано всё, что было для этой проверки.")	\
	X(PHRASE_GAPS_MEAN,						\
	    "Where there is a gap, something may have been missed.",	\
	    "Там, где пробел, что-то могло быть пропущено.")		\
	X(PHRASE_WHAT, "What", "Что")					\
	X(PHRASE_FILE, "File", "Файл")					\
	X(PHRASE_OFFSET, "at byte {}", "байт {}")			\
	X(PHRASE_REASON, "Reason", "Причина")				\
	X(PHRASE_EVIDENCE_WHOLE, "the evidence as a whole",		\
	    "данные в целом")						\
	X(PHRASE_COVERAGE, "What was examined", "Что проверено")	\
	X(PHRASE_STATE, "State", "Состояние")				\
	X(PHRASE_RECORDS, "Records", "Записей")				\
	X(PHRASE_RECORDS_N, "records: {}", "записей: {}")		\
	X(PHRASE_ENCRYPT_ADVICE,					\
	    "To have these examined too: make an encrypted backup (Finder "	\
	    "or iTunes: \"Encrypt local backup\"), note its password, and "	\
	    "check again.",						\
	    "Чтобы проверить и это: сделайте зашифрованную резервную копию "	\
	    "(Finder или iTunes: «Зашифровать локальную копию»), запишите "	\
	    "пароль и проверьте снова.")				\
	X(PHRASE_INDICATORS, "What it was compared with",		\
	    "С чем сравнивали")						\
	X(PHRASE_COMPARED,						\
	    "Compared against {} published indicators (reference data about "	\
	    "known spyware, not findings); {} of them could be tested by "	\
	    "this evidence.",						\
	    "Сравнили с опубликованными индикаторами (справочные данные об "	\
	    "известных шпионских программах, а не находки): {}. Из них по "	\
	    "этим данным можно было проверить: {}.")			\
	X(PHRASE_KIND_OF, "Kind of indicator", "Вид индикатора")	\
	X(PHRASE_LOADED, "Reference data", "В справочнике")		\
	X(PHRASE_TESTABLE, "Could be tested", "Можно было проверить")	\
	X(PHRASE_SETS, "Sets", "Наборы")				\
	X(PHRASE_SET_ERRORS, "Damaged indicator files: {}",		\
	    "Повреждённых файлов индикаторов: {}")			\
	X(PHRASE_NOT_TESTED, "Indicators not used (listed in case.json): {}", \
	    "Не использовано индикаторов (список в case.json): {}")	\
	X(PHRASE_CUSTODY, "For those who check this report",		\
	    "Для тех, кто проверяет этот отчёт")			\
	X(PHRASE_CUSTODY_ABOUT,						\
	    "The same evidence, the same indicators and the same version "	\
	    "of the tool give the same case.json, byte for byte. "	\
	    "custody.json beside it says when, by whom and how the check "	\
	    "was made, with the SHA-256 of every file written.",	\
	    "Те же данные, те же индикаторы и та же версия программы дают "	\
	    "тот же case.json, до последнего байта. В custody.json рядом с "	\
	    "ним записано, когда, кем и как сделана проверка, и SHA-256 "	\
	    "каждого созданного файла.")				\
	X(PHRASE_INDEX_HASH, "SHA-256 of the indicators",		\
	    "SHA-256 индикаторов")					\
	X(PHRASE_FULL_DATA, "Full data", "Полные данные")		\
	X(PHRASE_FULL_DATA_ABOUT,					\
	    "case.json (every finding and gap), timeline.csv, records/",	\
	    "case.json (все находки и пробелы), timeline.csv, records/")	\
	X(PHRASE_FULL_CASE, "case.json (every finding and gap)",	\
	    "case.json (все находки и пробелы)")			\
	X(PHRASE_SHOWN, "Shown here: {} of {}. All of them: case.json.",	\
	    "Показано {} из {}. Полностью: case.json.")

#define PHRASES_PERSON(X)						\
	X(PHRASE_DO_NEXT, "What to do next", "Что делать дальше")	\
	X(PHRASE_DO_COMPROMISED_1,					\
	    "Use another phone for anything sensitive, from now on. Tell "	\
	    "nobody about this over this phone.",			\
	    "С этого момента пользуйтесь для всего важного другим "	\
	    "телефоном. Никому не говорите об этом через этот телефон.")	\
	X(PHRASE_DO_COMPROMISED_2,					\
	    "Keep the phone charged and switched on; switch on flight mode. "	\
	    "Switching it off can remove the spyware and its traces.",	\
	    "Держите телефон заряженным и включённым; включите авиарежим. "	\
	    "Выключение может удалить шпионскую программу и её следы.")	\
	X(PHRASE_DO_COMPROMISED_3,					\
	    "Turn to one of the helplines below with this report and the "	\
	    "evidence. Change passwords only from another device.",	\
	    "Обратитесь в одну из служб помощи с этим отчётом и данными. "	\
	    "Пароли меняйте только с другого устройства.")		\
	X(PHRASE_DO_SUSPICIOUS_1,					\
	    "Go through the findings with the person who carries the phone: "	\
	    "much is explained by what they remember.",			\
	    "Пройдите находки вместе с владельцем телефона: многое "	\
	    "объясняется тем, что он помнит.")				\
	X(PHRASE_DO_SUSPICIOUS_2,					\
	    "What stays unexplained: show it to one of the helplines below, "	\
	    "with a sysdiagnose of the phone.",				\
	    "Что осталось без объяснения, покажите одной из служб помощи "	\
	    "вместе с sysdiagnose телефона.")				\
	X(PHRASE_DO_INCOMPLETE,						\
	    "Make a new backup and check it. If the same gaps appear, ask "	\
	    "an expert: damage can be chance, or made on purpose.",	\
	    "Сделайте новую резервную копию и проверьте её. Если пробелы те "	\
	    "же, спросите специалиста: повреждение может быть случайным, а "	\
	    "может быть намеренным.")					\
	X(PHRASE_DO_ENCRYPTED,						\
	    "Make an encrypted backup and check it: it holds much that an "	\
	    "unencrypted one never has.",				\
	    "Сделайте зашифрованную резервную копию и проверьте её: в ней "	\
	    "есть многое, чего в незашифрованной нет никогда.")		\
	X(PHRASE_DO_INDICATORS,						\
	    "Load published indicators (ostrakon indicators update) and "	\
	    "check again.",						\
	    "Загрузите опубликованные индикаторы (ostrakon indicators "	\
	    "update) и проверьте снова.")				\
	X(PHRASE_DO_WELL,						\
	    "Keep the system up to date. If you are at risk, turn on "	\
	    "Lockdown Mode and restart the phone every day.",		\
	    "Обновляйте систему. Если вам грозит опасность, включите режим "	\
	    "блокировки и каждый день перезапускайте телефон.")		\
	X(PHRASE_DO_AGAIN,						\
	    "If the worry stays, check again in some weeks and with newer "	\
	    "indicators: what is unknown today may be published then.",	\
	    "Если тревога остаётся, проверьте снова через несколько недель, "	\
	    "с новыми индикаторами: то, что сегодня неизвестно, могут "	\
	    "опубликовать.")						\
	X(PHRASE_PERSON, "For the person whose phone this is",		\
	    "Для человека, чей это телефон")				\
	X(PHRASE_PERSON_1,						\
	    "Do not erase, reset or update the phone before it is "	\
	    "preserved: each of these destroys traces.",		\
	    "Не стирайте, не сбрасывайте и не обновляйте телефон, пока он "	\
	    "не сохранён как доказательство: всё это уничтожает следы.")	\
	X(PHRASE_PERSON_2,						\
	    "Keep the phone. Even if you stop using it, it is the best "	\
	    "evidence that there is.",					\
	    "Не расставайтесь с телефоном. Даже если вы им больше не "	\
	    "пользуетесь, лучшего доказательства нет.")			\
	X(PHRASE_PERSON_3,						\
	    "Being aimed at is not your fault. The attacks that this check "	\
	    "looks for often need no tap and no mistake.",		\
	    "Вы не виноваты в том, что стали целью. Атаки, которые ищет эта "	\
	    "проверка, часто не требуют ни нажатия, ни ошибки.")	\
	X(PHRASE_HELP, "Whom to turn to", "К кому обратиться")		\
	X(PHRASE_HELP_DATE,						\
	    "Addresses as generally known in January 2026; they have not "	\
	    "been checked again since. Check them before you write.",	\
	    "Адреса общеизвестны по состоянию на январь 2026 года; с тех "	\
	    "пор их не перепроверяли. Проверьте их, прежде чем писать.")

#define PHRASES_LIMITS(X)						\
	X(PHRASE_CANNOT, "What this check cannot see",			\
	    "Чего эта проверка не видит")				\
	X(PHRASE_CANNOT_1,						\
	    "Spyware that leaves nothing in a backup, or lives only in the "	\
	    "phone's memory and is gone after a restart.",		\
	    "Шпионскую программу, которая ничего не оставляет в резервной "	\
	    "копии или живёт только в памяти и исчезает после "		\
	    "перезапуска.")						\
	X(PHRASE_CANNOT_2,						\
	    "Traces that were removed, by spyware, by the system or by "	\
	    "someone's hand.",						\
	    "Следы, удалённые шпионской программой, системой или чьей-то "	\
	    "рукой.")							\
	X(PHRASE_CANNOT_3,						\
	    "New spyware of which nothing has been published yet.",	\
	    "Новую шпионскую программу, о которой ещё ничего не "	\
	    "опубликовано.")						\
	X(PHRASE_CANNOT_4,						\
	    "What apps keep for themselves outside the backup, what lies in "	\
	    "a cloud, and what was done on other devices or accounts.",	\
	    "То, что приложения хранят вне резервной копии, что лежит в "	\
	    "облаке и что сделано на других устройствах или в учётных "	\
	    "записях.")							\
	X(PHRASE_CANNOT_5,						\
	    "What happened after the evidence was made.",		\
	    "То, что произошло после создания этих данных.")

#define PHRASES_DEVICE(X)						\
	X(PHRASE_DEV_NAME, "Name", "Имя")				\
	X(PHRASE_DEV_DISPLAY_NAME, "Display name", "Отображаемое имя")	\
	X(PHRASE_DEV_PRODUCT_NAME, "Product", "Изделие")		\
	X(PHRASE_DEV_PRODUCT_TYPE, "Model", "Модель")			\
	X(PHRASE_DEV_PRODUCT_VERSION, "System version", "Версия системы") \
	X(PHRASE_DEV_BUILD, "Build", "Сборка")				\
	X(PHRASE_DEV_SERIAL, "Serial number", "Серийный номер")		\
	X(PHRASE_DEV_UDID, "Device identifier (UDID)",			\
	    "Идентификатор устройства (UDID)")				\
	X(PHRASE_DEV_GUID, "Backup identifier", "Идентификатор копии")	\
	X(PHRASE_DEV_IMEI, "IMEI", "IMEI (номер аппарата)")		\
	X(PHRASE_DEV_IMEI2, "IMEI 2", "IMEI 2 (номер аппарата)")	\
	X(PHRASE_DEV_MEID, "MEID", "MEID (номер аппарата)")		\
	X(PHRASE_DEV_ICCID, "SIM card (ICCID)", "SIM-карта (ICCID)")	\
	X(PHRASE_DEV_PHONE, "Phone number", "Номер телефона")		\
	X(PHRASE_DEV_LAST_BACKUP, "Last backup", "Последняя копия")	\
	X(PHRASE_DEV_ITUNES, "Made with iTunes", "Создано iTunes")	\
	X(PHRASE_DEV_TARGET_TYPE, "Target type", "Тип цели")		\
	X(PHRASE_DEV_ICCID2, "SIM card 2 (ICCID)", "SIM-карта 2 (ICCID)") \
	X(PHRASE_DEV_MACOS, "Made with macOS", "Создано macOS")		\
	X(PHRASE_DEV_MANIFEST, "Format of the backup", "Формат копии")	\
	X(PHRASE_DEV_PASSCODE, "Passcode set", "Код-пароль задан")	\
	X(PHRASE_DEV_FULL, "Full backup", "Полная копия")		\
	X(PHRASE_DEV_SNAPSHOT, "State of the backup", "Состояние копии") \
	X(PHRASE_DEV_FLAG, "Marked as encrypted, but is not",		\
	    "Помечена как зашифрованная, но не зашифрована")		\
	X(PHRASE_DEV_ENCRYPTED, "Encrypted", "Зашифрована")		\
	X(PHRASE_DEV_TARGET_ID, "Target identifier", "Идентификатор цели")

#endif
