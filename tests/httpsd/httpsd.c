/*
 * A small HTTPS server on 127.0.0.1, for tests of what fetches.
 *
 *	httpsd FOLDER CERTIFICATE KEY PORT-FILE [SECONDS]
 *
 * Serves the files of FOLDER, one connection at a time, and ends after SECONDS
 * (60).  PORT-FILE gets the port once it listens; every request is logged to
 * stdout: method, path, If-None-Match, answer.  The ETag of a file is its
 * mtime and size.  Beside each file may lie NAME.how, one word or two:
 *
 *	status N	answer N with the file as its body
 *	redirect URL	answer 302
 *	cut N		break off after N bytes of the body
 *	size N		N bytes, without an end known before
 *	noetag		no ETag
 *	unchanged	answer 304, whatever was asked
 */
#include <arpa/inet.h>
#include <stdbool.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/ssl.h>

#define HEAD_MAX	8192
#define FILE_MAX	(1024 * 1024)

struct how {
	char word[16];
	char value[1024];
};

struct request {
	char path[512];
	char etag[300];			/* If-None-Match, or "" */
};

static void
die(const char *what)
{
	perror(what);
	exit(2);
}

static bool
read_request(SSL *tls, struct request *r)
{
	static const char name[] = "\r\nif-none-match: ";
	char head[HEAD_MAX + 1];
	const char *at;
	int n = 0, got = 1;

	head[0] = '\0';
	while (got > 0 && strstr(head, "\r\n\r\n") == NULL && n < HEAD_MAX) {
		got = SSL_read(tls, head + n, HEAD_MAX - n);
		n += got > 0 ? got : 0;
		head[n] = '\0';
	}
	r->etag[0] = '\0';
	if (sscanf(head, "GET /%511[A-Za-z0-9._-] ", r->path) != 1)
		return false;
	at = strcasestr(head, name);
	if (at != NULL)
		(void)sscanf(at + strlen(name), "%299[^\r\n]", r->etag);
	return true;
}

static size_t
read_file(const char *folder, const char *name, char *to, char etag[64])
{
	char path[1024];
	struct stat st;
	FILE *f;
	size_t n;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "rb");
	if (f == NULL || fstat(fileno(f), &st) != 0)
		return SIZE_MAX;
	n = fread(to, 1, FILE_MAX, f);
	(void)fclose(f);
	(void)snprintf(etag, 64, "\"%llx-%llx.%lx\"",
	    (unsigned long long)st.st_size, (unsigned long long)st.st_mtime,
	    (unsigned long)st.st_mtim.tv_nsec);
	return n;
}

static void
read_how(const char *folder, const char *name, struct how *how)
{
	char path[1024];
	FILE *f;

	memset(how, 0, sizeof(*how));
	(void)snprintf(path, sizeof(path), "%s/%s.how", folder, name);
	f = fopen(path, "r");
	if (f == NULL)
		return;
	if (fscanf(f, "%15s %1023s", how->word, how->value) < 1)
		how->word[0] = '\0';
	(void)fclose(f);
}

static bool
is(const struct how *how, const char *word)
{
	return strcmp(how->word, word) == 0;
}

static void
send_many(SSL *tls, long n)
{
	static char block[16384];

	memset(block, ' ', sizeof(block));
	for (; n > 0; n -= (long)sizeof(block))
		if (SSL_write(tls, block, sizeof(block)) <= 0)
			return;
}

/* Says what it answered; 0 if it broke off. */
static int
answer(SSL *tls, const char *folder, const struct request *r)
{
	static char body[FILE_MAX];
	char head[HEAD_MAX], etag[64] = "", line[128] = "";
	size_t n = read_file(folder, r->path, body, etag), sent;
	struct how how;
	int status;

	read_how(folder, r->path, &how);
	status = n == SIZE_MAX && how.word[0] == '\0' ? 404 : 200;
	if (n == SIZE_MAX)
		n = 0;
	if (is(&how, "status"))
		status = (int)strtol(how.value, NULL, 10);
	else if (is(&how, "redirect"))
		status = 302;
	else if (is(&how, "unchanged") ||
	    (r->etag[0] != '\0' && strcmp(r->etag, etag) == 0))
		status = 304;
	sent = status == 304 ? 0 : n;
	if (is(&how, "cut"))
		sent = strtoul(how.value, NULL, 10);
	if (!is(&how, "noetag") && etag[0] != '\0')
		(void)snprintf(line, sizeof(line), "ETag: %s\r\n", etag);
	(void)snprintf(head, sizeof(head), "HTTP/1.1 %d x\r\n%s%s%s%s"
	    "Connection: close\r\n", status, line,
	    status == 302 ? "Location: " : "", status == 302 ? how.value : "",
	    status == 302 ? "\r\n" : "");
	if (!is(&how, "size") && status != 304)
		(void)snprintf(line, sizeof(line), "Content-Length: %zu\r\n",
		    n);
	else
		line[0] = '\0';
	(void)SSL_write(tls, head, (int)strlen(head));
	(void)SSL_write(tls, line, (int)strlen(line));
	(void)SSL_write(tls, "\r\n", 2);
	if (is(&how, "size"))
		send_many(tls, strtol(how.value, NULL, 10));
	else if (sent > 0)
		(void)SSL_write(tls, body, (int)sent);
	return is(&how, "cut") ? 0 : status;
}

static void
serve(SSL_CTX *context, int fd, const char *folder)
{
	SSL *tls = SSL_new(context);
	struct request r;
	int status;

	if (tls != NULL && SSL_set_fd(tls, fd) == 1 && SSL_accept(tls) == 1 &&
	    read_request(tls, &r)) {
		status = answer(tls, folder, &r);
		(void)printf("GET /%s %s %d\n", r.path,
		    r.etag[0] == '\0' ? "-" : r.etag, status);
		(void)fflush(stdout);
		if (status != 0)
			(void)SSL_shutdown(tls);
	}
	SSL_free(tls);
	(void)close(fd);
}

static int
listen_at(const char *port_file)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t n = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	char part[1024];
	FILE *f;

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, n) != 0 ||
	    listen(fd, 8) != 0 ||
	    getsockname(fd, (struct sockaddr *)&at, &n) != 0)
		die("listen");
	(void)snprintf(part, sizeof(part), "%s.part", port_file);
	f = fopen(part, "w");
	if (f == NULL || fprintf(f, "%u\n", ntohs(at.sin_port)) < 0 ||
	    fclose(f) != 0 || rename(part, port_file) != 0)
		die(port_file);
	return fd;
}

int
main(int argc, char **argv)
{
	SSL_CTX *context = SSL_CTX_new(TLS_server_method());
	int fd, client;

	if (argc < 5) {
		(void)fprintf(stderr, "usage: httpsd FOLDER CERTIFICATE KEY "
		    "PORT-FILE [SECONDS]\n");
		return 2;
	}
	(void)signal(SIGPIPE, SIG_IGN);
	(void)alarm(argc > 5 ? (unsigned)strtoul(argv[5], NULL,
	    10) : 60);
	if (context == NULL || SSL_CTX_use_certificate_chain_file(context,
	    argv[2]) != 1 || SSL_CTX_use_PrivateKey_file(context, argv[3],
	    SSL_FILETYPE_PEM) != 1) {
		(void)fprintf(stderr, "httpsd: no certificate and key\n");
		return 2;
	}
	fd = listen_at(argv[4]);
	while ((client = accept(fd, NULL, NULL)) >= 0)
		serve(context, client, argv[1]);
	return 0;
}
