// SPDX-License-Identifier: MIT
/* replay.c - main() of a fuzzer where there is no libFuzzer: runs the files, and the files of the
 * folders, that are named. Each lies in a block of just its size, so that a sanitizer sees the end.
 */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);

/* For the mutators, which nobody calls here. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max)
{
	(void)data;
	return size < max ? size : max;
}

static unsigned long done;
static const char *running;

static void say_which(int number)
{
	(void)!write(STDERR_FILENO, running, strlen(running));
	(void)!write(STDERR_FILENO, ": here\n", 7);
	(void)signal(number, SIG_DFL);
	(void)raise(number);
}

_Noreturn static void give_up(const char *path)
{
	(void)fprintf(stderr, "%s: %s\n", path, strerror(errno));
	exit(2);
}

static void run_file(const char *path, size_t size)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data = malloc(size ? size : 1);

	if (!f || !data || fread(data, 1, size, f) != size)
		give_up(path);
	(void)fclose(f);
	running = path;
	(void)LLVMFuzzerTestOneInput(data, size);
	free(data);
	done++;
}

static void run(const char *path)
{
	struct dirent *entry;
	struct stat st;
	DIR *folder;

	if (stat(path, &st))
		give_up(path);
	if (!S_ISDIR(st.st_mode)) {
		run_file(path, (size_t)st.st_size);
		return;
	}
	folder = opendir(path);
	if (!folder)
		give_up(path);
	while ((entry = readdir(folder))) {
		char name[1024];

		if (*entry->d_name == '.')
			continue;
		(void)snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		run(name);
	}
	(void)closedir(folder);
}

int main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/');

	(void)signal(SIGABRT, say_which);
	(void)signal(SIGSEGV, say_which);
	for (int i = 1; i < argc; i++)
		run(argv[i]);
	printf("  %-24s %lu inputs\n", name ? name + 1 : argv[0], done);
	return done ? 0 : 1;
}
