/*
 * The list.  Only hosts that send on to other people's sites; short names of
 * one site (youtu.be, t.me) say where they lead and are not here.
 * Some that have shut down stay: old messages hold their links.
 */
#include "base/url_shorteners.h"

const char *const url_shorteners[] = {
	"1url.com", "2no.co", "adf.ly", "b.link", "bc.vc", "bit.do",
	"bit.ly", "bitly.com", "bitly.ws", "bl.ink", "bre.is", "buff.ly",
	"chilp.it", "clck.ru", "cli.gs", "cutt.ly", "cutt.us", "dlvr.it",
	"dub.sh", "dwz.cn", "encurtador.com.br", "gg.gg", "goo.gl", "goo.su",
	"han.gl", "hubs.ly", "ift.tt", "is.gd", "j.mp", "kutt.it", "lnk.to",
	"lnkd.in", "mcaf.ee", "me2.do", "n9.cl", "ouo.io", "ow.ly", "po.st",
	"qr.ae", "rb.gy", "rebrand.ly", "s.id", "sh.st", "short.gy",
	"short.io", "shorte.st", "shorturl.asia", "shorturl.at", "shrtco.de",
	"smarturl.it", "snip.ly", "soo.gd", "su.pr", "suo.im", "surl.cc",
	"surl.li", "t.cn", "t.co", "t.ly", "t2m.io", "tiny.cc", "tiny.one",
	"tiny.pl", "tinyurl.com", "tl.gd", "tny.im", "tr.im", "trib.al",
	"u.to", "ur0.jp", "url.cn", "urlz.fr", "v.gd", "v.ht", "vk.cc",
	"vo.la", "wa.link", "wipi.es", "wp.me", "x.co", "x.gd", "xurl.es",
	"zpr.io", "zws.im"
};

const size_t url_shorteners_count =
    sizeof(url_shorteners) / sizeof(url_shorteners[0]);
