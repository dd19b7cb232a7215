/*
 * Written for the person whose phone it is and for the one who helps: plain
 * words, no verdict in a title that the evidence does not carry.
 */
#include "report/texts_en.h"

#define SHOW_IT								\
	"Do not erase, reset or update the phone. Keep it, and keep this "	\
	"evidence. Show both to one of the helplines named below."
#define ASK_WHO								\
	"Find out who sent it and when, and whether anyone opened it. Keep "	\
	"the message. Do not open the link."
#define LOOK_WIDER							\
	"Look at what else happened at that time. An encrypted backup or a "	\
	"sysdiagnose shows more."

const struct texts_rule texts_en_rules[RULE_COUNT] = {
	[RULE_IOC_PROCESS] = {
		"A program with the name of known spyware ran on this phone",
		"The phone itself recorded that this program ran. Its name is "
		"published as part of spyware. This is among the strongest "
		"signs that a phone can show.",
		"A system program or an app that happens to have the same "
		"name. Makers of spyware choose names that look like the "
		"system's own, so compare the whole name and the date.",
		SHOW_IT
	},
	[RULE_IOC_TRUNCATED] = {
		"A program name that begins like known spyware",
		"The system cuts long names to 16 characters. What is left "
		"is the beginning of a name published for spyware.",
		"Another program whose name begins with the same 16 "
		"characters.",
		"Find the whole name: a sysdiagnose or an encrypted backup "
		"may hold it. Ask an expert to compare it."
	},
	[RULE_IOC_PROCESS_NAME] = {
		"A program with the name of known spyware was on this phone",
		"The phone names this program in its lists of apps and "
		"services. Its name is published as part of spyware. It was "
		"there; these data do not say that it ran.",
		"A system program or an app that happens to have the same "
		"name.",
		SHOW_IT
	},
	[RULE_IOC_PATH] = {
		"A file lies where known spyware keeps its files",
		"The place of this file on the phone is published as one "
		"that spyware uses. Ordinary apps cannot write there.",
		"A system file at the same place: rare, for published places "
		"are chosen to tell the two apart.",
		SHOW_IT
	},
	[RULE_IOC_FILE_NAME] = {
		"A file carries a name that known spyware uses",
		"The name of this file is published as part of spyware.",
		"Any other file that happens to be called so. The shorter "
		"and more common the name, the more likely that is.",
		"Look at where the file lies, its date and its size. If they "
		"do not explain it, show it to one of the helplines below."
	},
	[RULE_IOC_FILE_RECEIVED] = {
		"A file with a name that known spyware uses was received",
		"Someone sent this file. Its name is published as part of an "
		"attack. Receiving it does not mean that the attack worked.",
		"Any other file that happens to be called so.",
		"Do not open the file. Find out who sent it. Show the "
		"message to one of the helplines named below."
	},
	[RULE_IOC_HASH] = {
		"A file is the same, byte for byte, as a known spyware file",
		"The fingerprint (hash) of this file equals one published "
		"for spyware. Two different files do not share one.",
		"Almost nothing. Possible: a sample kept on purpose, or a "
		"harmless file that was published by mistake.",
		SHOW_IT
	},
	[RULE_IOC_CERT] = {
		"A certificate of known spyware is on this phone",
		"This certificate, of an app, a profile or trusted by the "
		"phone, is published as one that makers of spyware use.",
		"A harmless app of the same company, or a stolen certificate "
		"that others used too.",
		SHOW_IT
	},
	[RULE_IOC_PROFILE] = {
		"A configuration profile of known spyware is on this phone",
		"A profile can install apps, certificates and rules. This "
		"one is published as part of spyware.",
		"A profile with the same identifier, copied from an example "
		"by an employer or a school.",
		"Do not remove the profile before it is preserved: it names "
		"who made it. " SHOW_IT
	},
	[RULE_IOC_APP] = {
		"An app known as spyware or stalkerware was installed",
		"The identifier of this app is published as spyware, or as "
		"an app for watching another person in secret.",
		"Some of these apps are sold openly, for parents or "
		"employers. It may have been installed with the knowledge of "
		"the person who carries the phone.",
		"If someone close to you may have installed it, get advice "
		"before you remove it: removing it tells them. " SHOW_IT
	},
	[RULE_IOC_PROPERTY] = {
		"A system setting that known spyware leaves is set",
		"The name of this setting is published as part of spyware. "
		"Ordinary apps cannot make it.",
		"A maker of phones who uses the same name.",
		SHOW_IT
	},
	[RULE_IOC_RECEIVED] = {
		"A link to a known attack address was received",
		"Someone sent a link to an address that is published as part "
		"of spyware attacks. This phone was probably aimed at. "
		"Receiving a link does not mean that it was opened, nor that "
		"the attack worked.",
		"A message that warns about the address, or quotes a report "
		"on spyware. An address that later had another owner.",
		ASK_WHO " Show it to one of the helplines named below."
	},
	[RULE_IOC_CONTACT] = {
		"There was contact with an account that attackers used",
		"The e-mail address, number or account is published as one "
		"that spyware attacks came from.",
		"A number or address that had another owner before or "
		"after.",
		ASK_WHO " Show it to one of the helplines named below."
	},
	[RULE_IOC_VISITED] = {
		"A page at a known attack address was opened",
		"This phone opened an address that is published as part of "
		"spyware attacks. Such a page can attack without another "
		"tap. A visit alone does not show that it did.",
		"Reading about spyware, or trying out a published address. A "
		"website that was abused for a time, or that has another "
		"owner now.",
		"Remember how the link came: who sent it, and when. Make an "
		"encrypted backup and a sysdiagnose now, before the traces "
		"fade. Show them to one of the helplines named below."
	},
	[RULE_IOC_LOADED] = {
		"A page loaded something from a known attack address",
		"While another page was open, a part of it (a picture, a "
		"script, an icon) came from an address that is published as "
		"part of spyware attacks.",
		"An advertising or statistics service that many pages use, "
		"and that attackers used as well.",
		LOOK_WIDER
	},
	[RULE_IOC_STANDS] = {
		"A known attack address stands in the data of this phone",
		"The address is published as part of spyware attacks. These "
		"data do not say how it came there: typed, copied, saved or "
		"received.",
		"An article, a warning or a list that names the address.",
		LOOK_WIDER
	},
	[RULE_IOC_TOGETHER] = {
		"Several traces that together make a published sign",
		"Each of these traces alone is common. Published research "
		"names them together as a sign of spyware, and all of them "
		"are here.",
		"Chance: the more ordinary each trace is, the more likely.",
		SHOW_IT
	},
	[RULE_SHORTENED] = {
		"A shortened link: where it leads is not known",
		"A short link hides its target. It was not opened or "
		"resolved, for that would tell its owner that you looked.",
		"Nearly all short links are ordinary ones.",
		"If it came from someone unknown, do not open it; show it to "
		"someone who can resolve it safely."
	},
	[RULE_SAFARI_REDIRECT] = {
		"A page sent the browser to another site within a second",
		"An unencrypted page that leads elsewhere at once is how an "
		"attack inside the mobile network looks.",
		"Link shorteners, advertising, websites that moved. By far "
		"the most common cause.",
		"Look at both addresses. If you know neither, ask an expert."
	},
	[RULE_PROFILE_SETTINGS] = {
		"A configuration profile that changes notifications",
		"Spyware has used such a profile to hide what it does from "
		"the screen.",
		"Employers and schools that manage phones use it too.",
		"Look in Settings, General, VPN & Device Management whether "
		"you know who installed the profile."
	},
	[RULE_PROFILE_EVENT] = {
		"A configuration profile was installed, changed or removed",
		"A profile can give others power over the phone. This says "
		"when something was done with one.",
		"Mail, Wi-Fi, mobile operators, employers, beta versions of "
		"the system: most profiles are ordinary.",
		"Check that you know what it was for."
	},
	[RULE_APP_NO_STORE] = {
		"An app did not come from the App Store",
		"Spyware and stalkerware are often installed past the store, "
		"where nobody checks them.",
		"Apps of an employer, apps under test, other stores where "
		"the law allows them.",
		"Ask the person who carries the phone whether they know the "
		"app, and who installed it."
	},
	[RULE_APP_TESTFLIGHT] = {
		"An app came from TestFlight, Apple's way to try out apps",
		"Apps there are checked less than in the store. Fraudsters "
		"and makers of stalkerware have used that.",
		"Trying out a new version of an ordinary app.",
		"Check that you know the app and joined its test yourself."
	},
	[RULE_APP_NO_ID] = {
		"An app has no data about where it came from",
		"Apps from the App Store carry such data. It is missing "
		"here, so nothing shows who made the app.",
		"Apple's own apps, apps of an employer, apps that were moved "
		"from an old phone.",
		"Check that you know the app."
	},
	[RULE_SMS_APPLE_ALERT] = {
		"A message warns of an attack in the name of Apple",
		"Apple warns people whom it believes to be the target of "
		"mercenary spyware. This message has the wording of such a "
		"warning.",
		"Fraudsters copy the wording. A true warning also shows on "
		"top of the page after you sign in at account.apple.com. It "
		"never asks for a password, an app or a payment.",
		"Type account.apple.com yourself and sign in to check. If "
		"the warning is true, turn on Lockdown Mode and turn to one "
		"of the helplines named below."
	},
	[RULE_SMS_VAR_TMP] = {
		"A message attachment lies in an unusual folder",
		"Attacks through iMessage in 2019 and 2020 left attachments "
		"in a folder for temporary files.",
		"A transfer that broke off can leave the same.",
		LOOK_WIDER
	},
	[RULE_CALENDAR_QUADREAM] = {
		"A calendar entry like those that QuaDream's spyware left",
		"An entry called \"Meeting\" with the text \"Notes\" was part "
		"of an attack through calendar invitations in 2021.",
		"A real entry that happens to have these two words.",
		"Ask whether the person made this entry. Look at its date "
		"and who invited."
	},
	[RULE_IDSTATUS_NUL] = {
		"An account name with hidden zero bytes was looked up",
		"No ordinary account has such a name. It was seen when "
		"attackers prepared messages for the phone's services.",
		"A damaged file, or a fault of the system.",
		SHOW_IT
	},
	[RULE_DATAUSAGE_ORPHAN] = {
		"Network use is recorded for a program that was struck out",
		"The phone counted data for a program whose own entry is "
		"gone. Spyware has removed its entry like this to hide.",
		"The system removes old entries itself, and after an app is "
		"deleted.",
		LOOK_WIDER
	},
	[RULE_DATAUSAGE_GAP] = {
		"Numbers are missing in the list of programs that used the "
		"network",
		"The phone numbers its programs one by one. Missing numbers "
		"mean that entries were removed.",
		"Apps that were deleted, and the system's own tidying. Most "
		"phones have some.",
		"A weak sign alone. Take it together with the others."
	},
	[RULE_SYSDIAGNOSE] = {
		"Further evidence lies in the backup: a sysdiagnose, which "
		"was not examined",
		"A sysdiagnose holds logs of the system, of crashes and of "
		"restarts that no backup has. This check did not open it.",
		"It is no trace of an attack: somebody once had the phone "
		"make it, most often to have a fault examined.",
		"Take it out, with ostrakon backup decrypt --only if the "
		"backup is encrypted, or from the Files app of the phone, "
		"and have it examined, too."
	},
	[RULE_TRUST_ROOT] = {
		"A root certificate was added to the phone's own",
		"If it is trusted, who holds it can pass for any website or "
		"service, and so read what apps send, if the traffic also "
		"runs through their network.",
		"Employers, schools and developers add certificates: for a "
		"company's Wi-Fi or VPN, a filter, or a tool that looks into "
		"the traffic of one's own apps.",
		"Look in Settings, General, About, Certificate Trust "
		"Settings whether you know whose it is and what it is for."
	},
	[RULE_DEVICE_MANAGED] = {
		"The phone is supervised or managed",
		"Who manages a phone can install apps and profiles on it, "
		"change its settings and erase it. The record says who and "
		"from which server.",
		"Employers and schools manage the phones that they hand "
		"out. Some people supervise their own.",
		"Check that you know who manages the phone. If nobody "
		"should, preserve this evidence before you remove anything."
	},
	[RULE_NETWORK_VPN] = {
		"A VPN or relay is set up",
		"It can send the phone's traffic through the servers of "
		"whoever runs it. The record names the app and the servers.",
		"Very common: VPN apps, an employer's network, ad blockers.",
		"Check that you know the app or who set it up."
	},
	[RULE_NETWORK_FILTER] = {
		"A content filter or DNS setting is switched on",
		"It sees which sites the phone asks for, and can refuse or "
		"redirect them.",
		"Ad blockers, parental controls, encrypted DNS, and filters "
		"of schools and employers.",
		"Check that you know the app or profile that set it up."
	},
	[RULE_UPDATES_DISABLED] = {
		"The service that updates the system is switched off",
		"Without updates, known holes stay open. The switch lies "
		"where neither apps nor Settings can reach it.",
		"Jailbreaks and tools that change the system do that at the "
		"wish of the person, to stay on one version.",
		"Ask whether the person did it. If not, keep this evidence "
		"and ask an expert."
	},
	[RULE_LOCKDOWN_ON] = {
		"Lockdown Mode is on",
		"Apple's strongest protection against attacks of this kind "
		"is in use.",
		"This is a good sign, and no trace of an attack.",
		"Leave it on."
	},
	[RULE_LOCKDOWN_OFF] = {
		"Lockdown Mode is off, and may have been on before",
		"Apple's strongest protection against attacks of this kind "
		"is not in use, though the phone holds a setting for it. "
		"Changing it takes the passcode.",
		"Most people turn it off because something did not work.",
		"Ask whether it was on, and who turned it off. People at "
		"risk should turn it on."
	},
};
