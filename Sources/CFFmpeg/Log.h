// FFmpeg's log. Its messages come with a `va_list`, which Swift cannot take on 64-bit Arm; so the callback
// is here, and asks Swift about the rest.
#pragma once

#include <libavutil/log.h>

#include <stdarg.h>
#include <stdbool.h>

// Whether a message is kept from FFmpeg's own callback, which prints it.
typedef bool (*cff_log_filter)(void *context, int level);

// The filter in use, another one from now on unless `next` is NULL. Any thread may log meanwhile.
static inline cff_log_filter cff_filter(cff_log_filter next) {
    static _Atomic(cff_log_filter) filter;
    if (next) filter = next;
    return filter;
}

static inline void cff_log(void *context, int level, const char *format, va_list arguments) {
    cff_log_filter filter = cff_filter(NULL);
    if (!filter || !filter(context, level)) {
        av_log_default_callback(context, level, format, arguments);
    }
}

// All messages of the process pass the filter from now on, until somebody sets a callback.
static inline void cff_set_log_filter(cff_log_filter filter) {
    cff_filter(filter);
    av_log_set_callback(cff_log);
}
