# Ostrakon.  make [all|demo|test|lint|fuzz|bench|install|uninstall|clean]
#
#	CC=clang			another compiler
#	SAN=address,undefined		sanitizers; built apart, in build/san
#	PREFIX=/usr/local DESTDIR=	where install puts things
#	PARTS="base record"		only these folders of src/ (they must be
#					whole: a folder needs those above it)
#	FUZZ="sqlite json"		only these targets of fuzz/
#	FUZZ_SECONDS=120		for each of them

CC = gcc
SAN =
PREFIX = /usr/local
DESTDIR =
PARTS = base crypt record format source indicator artifact correlate jail \
	examine store election report cmd
FUZZ_SECONDS = 120

BUILD = $(if $(SAN),build/san,build)
VERSION = 0.1.0

# Tables name what they fill; the rest is zero, and clang need not say so.
WARN = -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wpointer-arith -Wvla -Werror \
	-Wno-missing-field-initializers
HARDEN = -fPIE -fstack-protector-strong -fcf-protection=full \
	-fstack-clash-protection
ifeq ($(SAN),)
OPTIMISE = -O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
# The binary is optimised as a whole: a tenth of a large check.  Tests link the
# same objects as they are, which is quicker.
LTO = $(if $(filter gcc%,$(notdir $(CC))),-flto=auto -ffat-lto-objects)
else
OPTIMISE = -O1 -g -fno-omit-frame-pointer -fsanitize=$(SAN) \
	-fno-sanitize-recover=all -DOSTRAKON_SANITIZER
endif
CPPFLAGS = -D_GNU_SOURCE -DOSTRAKON_VERSION='"$(VERSION)"' -Isrc -Iinclude
CFLAGS = -std=c11 -g $(OPTIMISE) $(WARN) $(HARDEN)
LDFLAGS = -pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed \
	$(if $(SAN),-fsanitize=$(SAN)) $(if $(LTO),-fno-lto)
LIBS = -lm -lcrypto -lexpat -lyaml -lpsl -lidn2 -lpcre2-8 -lseccomp -lz
TEST_LIBS = -lcmocka -lsqlite3

SRCS = $(sort $(wildcard $(PARTS:%=src/%/*.c)))
LIB_SRCS = $(filter-out src/cmd/main.c,$(SRCS))
# Folders of data/ whose files are built in.
GEN = $(if $(filter election,$(PARTS)),laws profiles)
LIB_OBJS = $(LIB_SRCS:src/%.c=$(BUILD)/obj/%.o) $(GEN:%=$(BUILD)/obj/gen/%.o)
MAIN_OBJ = $(BUILD)/obj/cmd/main.o
LIB = $(BUILD)/libostrakon.a
BIN = $(BUILD)/ostrakon
TEST_SRCS = $(sort $(wildcard $(PARTS:%=tests/%/*.c)))
TESTS = $(TEST_SRCS:tests/%.c=$(BUILD)/tests/%)
HELP_OBJS = $(patsubst tests/%.c,$(BUILD)/tests/obj/%.o,\
	$(sort $(wildcard tests/*.c)))
# An archive: a test takes what it uses, and needs only those folders of src.
HELP = $(BUILD)/tests/libhelp.a

# The fuzz targets whose folders are all in PARTS.
fuzz_needs = $(shell sed -n 's|^.include "\([a-z]*\)/.*|\1|p' fuzz/$(1).c)
FUZZ := $(foreach f,$(patsubst fuzz/%.c,%,$(sort $(wildcard fuzz/*.c))),\
	$(if $(filter-out $(PARTS),$(call fuzz_needs,$f)),,$f))
REPLAYS = $(FUZZ:%=$(BUILD)/tests/fuzz/%)
FUZZ_CC = clang
FUZZ_SAN = address,undefined
FUZZ_CFLAGS = -std=c11 -g -O1 -fno-omit-frame-pointer $(WARN) \
	-fno-sanitize-recover=all -DOSTRAKON_SANITIZER
FUZZ_OBJS = $(LIB_SRCS:src/%.c=$(BUILD)/fuzz/obj/%.o) \
	$(GEN:%=$(BUILD)/fuzz/obj/gen/%.o)

all: $(BIN)

$(BIN): $(MAIN_OBJ) $(LIB)
	$(CC) $(CFLAGS) $(LDFLAGS) $(LTO) -o $@ $(MAIN_OBJ) $(LIB) $(LIBS)

$(LIB): $(LIB_OBJS)
	rm -f $@
	ar rcs $@ $(LIB_OBJS)

$(BUILD)/obj/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LTO) -MMD -MP -c -o $@ $<

# The folder too: a file that goes leaves no newer file behind.
$(BUILD)/gen/laws.c: $(wildcard data/laws data/laws/*.yaml)
$(BUILD)/gen/profiles.c: $(wildcard data/profiles data/profiles/*.yaml)
$(GEN:%=$(BUILD)/gen/%.c): $(BUILD)/gen/%.c: data/embed.sh
	@mkdir -p $(@D)
	data/embed.sh $* >$@.new && mv $@.new $@

$(GEN:%=$(BUILD)/obj/gen/%.o): $(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LTO) -MMD -MP -c -o $@ $<

$(BUILD)/tests/obj/%.o: tests/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests $(CFLAGS) -MMD -MP -c -o $@ $<

$(HELP): $(HELP_OBJS)
	@mkdir -p $(@D)
	rm -f $@
	ar rcs $@ $(HELP_OBJS)

$(BUILD)/tests/%: tests/%.c $(HELP) $(LIB) Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests $(CFLAGS) $(LDFLAGS) -MMD -MP -MF $@.d \
	    -o $@ $< $(HELP) $(LIB) $(TEST_LIBS) $(LIBS)

# Makes iOS backups from text: for the demo, tests and benchmarks.
$(BUILD)/mkbackup: tests/mkbackup/mkbackup.c $(HELP) $(LIB) Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests $(CFLAGS) $(LDFLAGS) -MMD -MP -MF $@.d \
	    -o $@ $< $(HELP) $(LIB) -lsqlite3 $(LIBS)

# A server for the tests of what is fetched.
$(BUILD)/httpsd: tests/httpsd/httpsd.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< -lssl -lcrypto

# Each fuzz target also replays its corpus as a test, without a fuzzer.
$(BUILD)/tests/fuzz/%: fuzz/%.c tests/fuzz/replay.c $(LIB) Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -Wno-missing-prototypes $(LDFLAGS) \
	    -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc \
	    -o $@ $< tests/fuzz/replay.c $(LIB) $(LIBS)

test: $(TESTS) $(REPLAYS) \
		$(if $(filter cmd,$(PARTS)),$(BIN) $(BUILD)/mkbackup \
		$(BUILD)/httpsd)
	@tests/run $(BUILD)

lint:
	@CC='$(CC)' tests/lint

$(BUILD)/fuzz/obj/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(FUZZ_CC) $(CPPFLAGS) $(FUZZ_CFLAGS) \
	    -fsanitize=fuzzer-no-link,$(FUZZ_SAN) -MMD -MP -c -o $@ $<

$(GEN:%=$(BUILD)/fuzz/obj/gen/%.o): $(BUILD)/fuzz/obj/gen/%.o: \
		$(BUILD)/gen/%.c Makefile
	@mkdir -p $(@D)
	$(FUZZ_CC) $(CPPFLAGS) $(FUZZ_CFLAGS) \
	    -fsanitize=fuzzer-no-link,$(FUZZ_SAN) -MMD -MP -c -o $@ $<

$(BUILD)/fuzz/%: fuzz/%.c $(FUZZ_OBJS) Makefile
	@mkdir -p $(@D)
	$(FUZZ_CC) $(CPPFLAGS) $(FUZZ_CFLAGS) -Wno-missing-prototypes \
	    -fsanitize=fuzzer,$(FUZZ_SAN) -o $@ $< $(FUZZ_OBJS) $(LIBS)

# Binary evidence, from the text of the artifacts' cases.
$(BUILD)/seeds: tests/fuzz/seeds.c $(HELP) $(LIB) Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests $(CFLAGS) $(LDFLAGS) -MMD -MP -MF $@.d \
	    -o $@ $< $(HELP) $(LIB) -lsqlite3 $(LIBS)

fuzz: $(FUZZ:%=$(BUILD)/fuzz/%) \
		$(if $(filter artifact,$(FUZZ)),$(BUILD)/seeds)
	@mkdir -p $(BUILD)/fuzz/seeds
	@[ ! -x $(BUILD)/seeds ] || $(BUILD)/seeds $(BUILD)/fuzz/seeds/artifact
	@fuzz/run $(BUILD)/fuzz $(FUZZ_SECONDS) $(FUZZ)

demo: $(BIN) $(BUILD)/mkbackup
	@samples/demo.sh $(BUILD)

$(BUILD)/bench/%: bench/%.c $(LIB) Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< $(LIB) $(LIBS)

bench: $(BIN) $(BUILD)/mkbackup \
		$(patsubst %.c,$(BUILD)/%,$(sort $(wildcard bench/*.c)))
	@bench/run $(BUILD)

MAN = $(sort $(wildcard man/*.[1-9]))
DATA = $(shell find data -type f ! -name '.*' ! -name '*.sh' | sort)
BINDIR = $(DESTDIR)$(PREFIX)/bin
MANDIR = $(DESTDIR)$(PREFIX)/share/man
DATADIR = $(DESTDIR)$(PREFIX)/share/ostrakon
DOCDIR = $(DESTDIR)$(PREFIX)/share/doc/ostrakon
# Every file that install makes, and uninstall takes away.
INSTALLED = $(BINDIR)/ostrakon $(DOCDIR)/LICENSE \
	$(foreach m,$(MAN),$(MANDIR)/man$(subst .,,$(suffix $m))/$(notdir $m)) \
	$(DATA:data/%=$(DATADIR)/%)

# A sanitizer build has no jail.
install: $(BIN)
	@if [ -n '$(SAN)' ] || grep -q -e __asan_ -e __ubsan_ $(BIN); then \
		echo 'install: $(BIN) is a sanitizer build' >&2; exit 1; fi
	install -D -m 755 $(BIN) $(BINDIR)/ostrakon
	install -D -m 644 LICENSE $(DOCDIR)/LICENSE
	@set -e; for m in $(MAN); do \
		install -D -m 644 $$m $(MANDIR)/man$${m##*.}/$${m##*/}; done
	@set -e; for d in $(DATA:data/%=%); do \
		install -D -m 644 data/$$d $(DATADIR)/$$d; done

uninstall:
	rm -f $(INSTALLED)
	@for d in $(sort $(dir $(filter $(DATADIR)/% $(DOCDIR)/%,$(INSTALLED))))\
	    ; do rmdir -p $$d 2>/dev/null || :; done

clean:
	rm -rf build

-include $(LIB_OBJS:.o=.d) $(MAIN_OBJ:.o=.d) $(TESTS:%=%.d) \
	$(HELP_OBJS:.o=.d) $(FUZZ_OBJS:.o=.d) $(BUILD)/mkbackup.d \
	$(BUILD)/seeds.d

.PHONY: all demo test lint fuzz bench install uninstall clean
.SECONDARY:
