/* A vendor's reader library for the tests: the calls of sdtapi, answered by the simulated module on 127.0.0.1 at the
 * port in FAKE_SDT_SAM. As real ones do it prints to the standard output, hangs when the module hangs, and returns
 * numbers of its own (1) when there is no module. SW3 EE makes it crash. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define NO_MODULE 1
#define WRONG_PORT 2
#define CRASH 0xEE
#define HEADER 7
#define ROOM 4096

static int line = -1;
static unsigned char answer[ROOM];
static unsigned int answered;

static int receive(unsigned char *into, size_t count)
{
    while (count > 0) {
        ssize_t got = recv(line, into, count, 0);
        if (got <= 0)
            return 0;
        into += got;
        count -= (size_t)got;
    }
    return 1;
}

static int hang_up(void)
{
    if (line >= 0)
        close(line);
    line = -1;
    return NO_MODULE;
}

static int ask(unsigned char command, unsigned char parameter)
{
    unsigned char frame[10] = {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0x03, command, parameter, 0};
    unsigned char head[HEADER];
    unsigned int length;

    frame[9] = 0x03 ^ command ^ parameter;
    if (line < 0 || send(line, frame, sizeof frame, MSG_NOSIGNAL) != sizeof frame || !receive(head, HEADER))
        return hang_up();
    length = head[5] * 256u + head[6];
    if (length < 4 || length > ROOM || !receive(answer, length))
        return hang_up();
    answered = length - 4;
    if (answer[2] == CRASH)
        abort();
    return answer[2];
}

int SDT_OpenPort(int port)
{
    struct sockaddr_in there;
    const char *place = getenv("FAKE_SDT_SAM");

    printf("sdtapi: opening %d\n", port);
    fflush(stdout);
    if (port != 1001)
        return WRONG_PORT;
    memset(&there, 0, sizeof there);
    there.sin_family = AF_INET;
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    there.sin_port = htons((unsigned short)atoi(place ? place : "0"));
    line = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(line, (struct sockaddr *)&there, sizeof there) != 0)
        return hang_up();
    return 0x90;
}

int SDT_ClosePort(int port)
{
    (void)port;
    hang_up();
    return 0x90;
}

int SDT_StartFindIDCard(int port, unsigned char *management, int opens)
{
    (void)port, (void)opens;
    memset(management, 0, 4);
    return ask(0x20, 0x01);
}

int SDT_SelectIDCard(int port, unsigned char *management, int opens)
{
    (void)port, (void)opens;
    memset(management, 0, 8);
    return ask(0x20, 0x02);
}

int SDT_ReadBaseMsg(int port, unsigned char *text, unsigned int *text_size, unsigned char *photo,
                    unsigned int *photo_size, int opens)
{
    int value = ask(0x30, 0x01);

    (void)port, (void)opens;
    if (value != 0x90)
        return value;
    *text_size = answer[3] * 256u + answer[4];
    *photo_size = answer[5] * 256u + answer[6];
    if (*text_size + *photo_size + 4 != answered)
        return hang_up();
    memcpy(text, answer + 7, *text_size);
    memcpy(photo, answer + 7 + *text_size, *photo_size);
    return value;
}
