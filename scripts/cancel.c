/*
 * Says how soon a call ends that another thread cancels.
 *
 *   cancel CALLS FOLDER CLIP...
 *
 * Each call prepares a clip; it is cancelled 50 ms later than the one before, 50 ms after its start at
 * first. Prints the longest time from a cancellation to the return of its call, and the most processor
 * time in between, which a busy machine does not lengthen; status 1 when the time is beyond 0.1 s, or when
 * no call was running any more. `make soak` builds and runs it.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "vprep.h"

struct order {
    vprep_cancellation *cancellation;
    int milliseconds;
    double given, worked;
};

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void *cancel(void *argument)
{
    struct order *order = argument;
    struct timespec pause = { order->milliseconds / 1000, order->milliseconds % 1000 * 1000000L };
    nanosleep(&pause, NULL);
    order->given = seconds(CLOCK_MONOTONIC);
    order->worked = seconds(CLOCK_PROCESS_CPUTIME_ID);
    vprep_cancellation_cancel(order->cancellation);
    return NULL;
}

int main(int count, char **arguments)
{
    if (count < 4)
        return 2;
    int calls = atoi(arguments[1]), ended = 0;
    double longest = 0, most = 0;
    for (int call = 0; call < calls; call++) {
        char request[8192], *json = NULL;
        snprintf(request, sizeof request,
                 "{\"call\":\"prep\",\"clip\":\"%s\",\"output\":\"%s/cancelled.mp4\","
                 "\"options\":{\"provider\":\"tencent\",\"maxBytes\":300000}}",
                 arguments[3 + call % (count - 3)], arguments[2]);
        struct order order = { vprep_cancellation_create(), 50 + 50 * call, 0, 0 };
        pthread_t thread;
        if (pthread_create(&thread, NULL, cancel, &order) != 0)
            return 2;
        vprep_call(request, NULL, 0, NULL, NULL, order.cancellation, &json);
        double end = seconds(CLOCK_MONOTONIC), worked = seconds(CLOCK_PROCESS_CPUTIME_ID);
        pthread_join(thread, NULL);
        if (json && strstr(json, "\"kind\":\"cancelled\"")) {
            ended++;
            if (end - order.given > longest)
                longest = end - order.given;
            if (worked - order.worked > most)
                most = worked - order.worked;
        }
        vprep_free(json);
        vprep_cancellation_free(order.cancellation);
    }
    printf("%d of %d calls were cancelled; the slowest took %.4f s to return, at most %.4f s of work\n",
           ended, calls, longest, most);
    return ended > 0 && longest <= 0.1 ? 0 : 1;
}
