/*
 * The pattern language: what is read, as a plain tree, and what is refused.
 */
#include "indicator/bundle.h"

#include "indicator/key.h"
#include "indicator/pattern.h"

static void
show_term(struct buf *to, const struct pattern *p)
{
	static const char *const ops[] = {
		"=", "in", "like", "matches", "subset", "superset", "<>", "any"
	};
	uint32_t i;

	buf_text(to, p->negated ? "not " : "");
	buf_add(to, p->path);
	buf_byte(to, ' ');
	buf_text(to, ops[p->op]);
	for (i = 0; i < p->nvalues; i++) {
		buf_byte(to, ' ');
		buf_byte(to, (uint8_t)"tnbhBT"[p->values[i].is]);
		buf_byte(to, ':');
		buf_add(to, p->values[i].text);
	}
}

static void
show(struct buf *to, const struct pattern *p)
{
	static const char *const names[] = { "or", "and", "then", "" };
	const struct pattern *c;

	if (p->is == PATTERN_TERM) {
		show_term(to, p);
		return;
	}
	buf_text(to, names[p->is]);
	buf_text(to, p->is == PATTERN_OBSERVED ? "[" : "(");
	for (c = p->child; c != NULL; c = c->next) {
		show(to, c);
		if (c->next != NULL)
			buf_text(to, "; ");
	}
	buf_text(to, p->is == PATTERN_OBSERVED ? "]" : ")");
	if (p->qualifier != NULL)
		buf_text(to, p->qualifier);
}

#define assert_tree(text, want)	check_tree(text, want, __LINE__)

static void
check_tree(const char *text, const char *want, int line)
{
	struct arena arena = arena_with(16 * MIB);
	struct buf b = buf_with(MIB);
	struct pattern_fault fault = { NULL, 0 };
	struct pattern *p = pattern_read(bytes_of(text), &arena, &fault);

	if (p != NULL)
		show(&b, p);
	else
		buf_printf(&b, "%zu %s", fault.at, fault.why);
	if (!bytes_is(buf_bytes(&b), want)) {
		print_error("%s\n is %.*s\nnot %s\n", text, (int)b.n, b.p,
		    want);
		_fail(__FILE__, line);
	}
	buf_free(&b);
	arena_free(&arena);
}

static void
one_comparison(void **state)
{
	(void)state;
	assert_tree("[a:b='c']", "[a:b = t:c]");
	assert_tree(" [\n a:b\t= 'c' ] ", "[a:b = t:c]");
	assert_tree("[a:b == 'c']", "[a:b = t:c]");
	assert_tree("[a:b != 'c']", "[not a:b = t:c]");
	assert_tree("[a:b <> 'c']", "[not a:b = t:c]");
	assert_tree("[a:b NOT = 'c']", "[not a:b = t:c]");
	assert_tree("[a:b NOT != 'c']", "[a:b = t:c]");
	assert_tree("[a:b NOT LIKE 'c%']", "[not a:b like t:c%]");
	assert_tree("[a:b MATCHES '^c$']", "[a:b matches t:^c$]");
	assert_tree("[a:b IN ('c', 1,true)]", "[a:b in t:c n:1 b:true]");
	assert_tree("[a:b NOT IN ('c')]", "[not a:b in t:c]");
	assert_tree("[a:b ISSUBSET '1.2.3.0/24']", "[a:b subset t:1.2.3.0/24]");
	assert_tree("[a:b ISSUPERSET 'x']", "[a:b superset t:x]");
	assert_tree("[a:b >= -1.5]", "[a:b <> n:-1.5]");
	assert_tree("[a:b < t'2026-01-01T00:00:00Z']",
	    "[a:b <> T:2026-01-01T00:00:00Z]");
	assert_tree("[a:b = h'00ff']", "[a:b = h:00ff]");
	assert_tree("[a:b = b'AP8=']", "[a:b = B:AP8=]");
	assert_tree("[EXISTS a:b]", "[a:b any]");
}

static void
texts_and_paths(void **state)
{
	(void)state;
	assert_tree("[a:b='it\\'s']", "[a:b = t:it's]");
	assert_tree("[a:b='c:\\\\x\\\\']", "[a:b = t:c:\\x\\]");
	assert_tree("[a:b='x\\.y']", "[a:b = t:x\\.y]");
	assert_tree("[a:b='']", "[a:b = t:]");
	assert_tree("[a:b='[AND] \"']", "[a:b = t:[AND] \"]");
	assert_tree("[a:b=\"c'd\"]", "[a:b = t:c'd]");
	assert_tree("[file:hashes.'SHA-256'='a']", "[file:hashes.SHA-256 = t:a]");
	assert_tree("[file:hashes.\"sha256\"='a']", "[file:hashes.sha256 = t:a]");
	assert_tree("[file:hashes.SHA-256 ='a']", "[file:hashes.SHA-256 = t:a]");
	assert_tree("[a-b:c_ref.d[0].e[*].3gpp='x']",
	    "[a-b:c_ref.d[0].e[*].3gpp = t:x]");
	assert_tree("[a:b/* why */='c']", "[a:b = t:c]");
	assert_tree("[a:bIN ('c')]", "7 expected an operator");
}

static void
what_binds_closer(void **state)
{
	(void)state;
	assert_tree("[a:b=1 OR a:c=2 AND a:d=3]",
	    "[or(a:b = n:1; and(a:c = n:2; a:d = n:3))]");
	assert_tree("[(a:b=1 OR a:c=2) AND a:d=3]",
	    "[and(or(a:b = n:1; a:c = n:2); a:d = n:3)]");
	assert_tree("[a:b=1] OR [a:b=2] AND [a:b=3]",
	    "or([a:b = n:1]; and([a:b = n:2]; [a:b = n:3]))");
	assert_tree("([a:b=1] OR [a:b=2]) AND [a:b=3]",
	    "and(or([a:b = n:1]; [a:b = n:2]); [a:b = n:3])");
	assert_tree("[a:b=1] FOLLOWEDBY [a:b=2] OR [a:b=3]",
	    "then([a:b = n:1]; or([a:b = n:2]; [a:b = n:3]))");
	assert_tree("[a:b=1] AND [a:b=2] AND [a:b=3]",
	    "and([a:b = n:1]; [a:b = n:2]; [a:b = n:3])");
	assert_tree("([a:b=1] AND [a:b=2]) WITHIN 5 SECONDS",
	    "and([a:b = n:1]; [a:b = n:2])WITHIN");
	assert_tree("[a:b=1] REPEATS 3 TIMES WITHIN 2.5 SECONDS",
	    "[a:b = n:1]WITHIN");
	assert_tree("[a:b=1] START t'x' STOP t'y'", "[a:b = n:1]START");
}

static void
no_pattern(void **state)
{
	(void)state;
	assert_tree("", "0 expected \"[\"");
	assert_tree("a:b='c'", "0 expected \"[\"");
	assert_tree("[", "1 expected an object path");
	assert_tree("[]", "1 expected an object path");
	assert_tree("[a='c']", "2 expected \":\"");
	assert_tree("[a:='c']", "3 expected an object path");
	assert_tree("[a:b 'c']", "5 expected an operator");
	assert_tree("[a:b=]", "5 expected a constant");
	assert_tree("[a:b=c]", "5 expected a constant");
	assert_tree("[a:b='c", "5 a text is cut short");
	assert_tree("[a:b='c\\']", "5 a text is cut short");
	assert_tree("[a:b='c'", "8 expected \"]\"");
	assert_tree("[a:b='c']]", "9 something follows the end");
	assert_tree("[a:b='c'] AND", "13 expected \"[\"");
	assert_tree("[a:b='c' OR]", "11 expected an object path");
	assert_tree("([a:b='c']", "10 expected \")\"");
	assert_tree("[a:b IN ()]", "9 expected a constant");
	assert_tree("[a:b IN ('c',)]", "13 expected a constant");
	assert_tree("[a:b IN 'c']", "8 expected \"(\"");
	assert_tree("[a:b='c'] WITHIN 5 TIMES", "19 a qualifier is not whole");
	assert_tree("[a:b='c'] WITHIN", "16 expected a constant");
	assert_tree("[a:b ~ 'c']", "5 a character that is no part of a pattern");
	assert_tree("[a:b=-]", "5 a number is malformed");
	assert_tree("[a:b[x]='c']", "5 expected a list index");
	assert_tree("[a:b[0='c']", "6 expected \"]\"");
}

static void
bounds(void **state)
{
	struct buf b = buf_with(4 * MIB);
	unsigned i;

	(void)state;
	for (i = 0; i < 33; i++)
		buf_text(&b, "(");
	buf_byte(&b, '\0');
	assert_tree((const char *)b.p, "32 nested too deep");
	buf_reset(&b);
	buf_text(&b, "[");
	for (i = 0; i < 32; i++)
		buf_text(&b, "(");
	buf_byte(&b, '\0');
	assert_tree((const char *)b.p, "32 nested too deep");
	buf_reset(&b);
	buf_text(&b, "[a:b IN (");
	for (i = 0; i < 5000; i++)
		buf_text(&b, "1,");
	buf_text(&b, "1)]");
	buf_byte(&b, '\0');
	assert_tree((const char *)b.p, "8201 too many constants");
	buf_reset(&b);
	buf_text(&b, "[a:b='");
	for (i = 0; i < 65536; i++)
		buf_byte(&b, 'x');
	buf_text(&b, "']");
	buf_byte(&b, '\0');
	assert_tree((const char *)b.p, "0 longer than 64 KiB");
	buf_free(&b);
}

static void
every_cut_is_refused_or_whole(void **state)
{
	static const char text[] = "([file:hashes.'SHA-256' NOT IN ('a\\'', "
	    "h'0f') AND (a:b[*].c LIKE \"x\" OR EXISTS d:e)] OR [f:g >= 1.5])"
	    " WITHIN 3 SECONDS";
	/* What stands before the qualifier is a pattern too. */
	size_t whole = sizeof(text) - sizeof(" WITHIN 3 SECONDS");
	struct arena arena = arena_with(MIB);
	struct pattern_fault fault;
	size_t n;

	(void)state;
	for (n = 0; n < sizeof(text) - 1; n++) {
		arena_reset(&arena);
		assert_true((pattern_read(bytes_at(text, n), &arena, &fault) !=
		    NULL) == (n == whole || n == whole + 1));
	}
	assert_non_null(pattern_read(bytes_at(text, n), &arena, &fault));
	arena_free(&arena);
}

static void
keys_by_their_paths(void **state)
{
	static const struct {
		const char *path;
		enum key key;
	} good[] = {
		{ "domain-name:value", KEY_DOMAIN },
		{ "file:hashes.MD5", KEY_MD5 },
		{ "file:hashes.SHA-1", KEY_SHA1 },
		{ "file:hashes.sha_256", KEY_SHA256 },
		{ "app:cert.SHA-1", KEY_CERT_SHA1 },
		{ "x509-certificate:hashes.SHA-256", KEY_CERT_SHA256 },
		{ "phone-number:value", KEY_PHONE },
		{ "x-phone-number:value", KEY_PHONE },
		{ "process:binary_ref.name", KEY_PROCESS },
		{ "email-message:from_ref.value", KEY_EMAIL },
		{ "file:parent_directory_ref.path", KEY_PATH },
	};
	static const char *const bad[] = {
		"mutex:name", "file:size", "file:hashes.SHA-512",
		"file:hashes.", "file:hashes.sha2567", "domain-name:", "url",
		"Domain-Name:value", "file:hashes.ssdeep"
	};
	enum key key;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_true(key_find(&key, bytes_of(good[i].path)));
		assert_int_equal(key, good[i].key);
	}
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(key_find(&key, bytes_of(bad[i])));
	assert_string_equal(key_name(KEY_CERT_SHA256), "cert_sha256");
	assert_string_equal(key_name(KEY_COUNT), "pattern");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_comparison),
		cmocka_unit_test(texts_and_paths),
		cmocka_unit_test(what_binds_closer),
		cmocka_unit_test(no_pattern),
		cmocka_unit_test(bounds),
		cmocka_unit_test(every_cut_is_refused_or_whole),
		cmocka_unit_test(keys_by_their_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
