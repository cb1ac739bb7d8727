// SPDX-License-Identifier: MIT
/* dtmf.c - sys-dtmf FILE.wav: the DTMF digits in a recording of ours, by a decoder that is not. */
#include "media/spandsp_tones.h"
#include "media/wav.h"

#include <stdio.h>

enum { BLOCK = 1024 };

int main(int argc, char **argv)
{
	dtmf_rx_state_t *rx = dtmf_rx_init(NULL, NULL, NULL);
	int16_t samples[BLOCK], half[BLOCK / 2];
	struct wav_reader wav;
	char digits[128];
	long n;

	if (argc != 2 || !rx || wav_open(argv[1], &wav) < 0 || wav.rate != 2 * 8000) {
		fprintf(stderr, "usage: sys-dtmf FILE.wav (16 kHz)\n");
		return 2;
	}
	while ((n = wav_read(&wav, samples, BLOCK)) > 1) {
		for (long i = 0; i < n / 2; i++) /* nothing is above 4 kHz in it */
			half[i] = (int16_t)((samples[2 * i] + samples[2 * i + 1]) / 2);
		(void)dtmf_rx(rx, half, (int)(n / 2));
		if (dtmf_rx_get(rx, digits, sizeof(digits) - 1))
			fputs(digits, stdout);
	}
	putchar('\n');
	wav_close(&wav);
	(void)dtmf_rx_free(rx);
	return 0;
}
