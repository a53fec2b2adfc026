// FFmpeg 5.1 (Debian 12) and later as one module. The inline functions below give Swift the macros that
// the importer cannot see; what differs between versions has a header of its own for each concern.
#pragma once

#include "Interlacing.h"
#include "Log.h"
#include "PacketPosition.h"
#include "PacketSideData.h"
#include "Parser.h"
#include "Scaler.h"
#include "StreamSideData.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/audio_fifo.h>
#include <libavutil/channel_layout.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/log.h>
#include <libavutil/mastering_display_metadata.h>
#include <libavutil/md5.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>

#include <errno.h>

static inline int cff_error_again(void) { return AVERROR(EAGAIN); }
static inline int cff_error_access(void) { return AVERROR(EACCES); }
static inline int cff_error_io(void) { return AVERROR(EIO); }
static inline int cff_error_invalid(void) { return AVERROR(EINVAL); }
static inline int cff_error_no_memory(void) { return AVERROR(ENOMEM); }
static inline int cff_error_eof(void) { return AVERROR_EOF; }
static inline int cff_error_exit(void) { return AVERROR_EXIT; }
static inline int cff_error_invalid_data(void) { return AVERROR_INVALIDDATA; }
static inline int64_t cff_no_pts(void) { return AV_NOPTS_VALUE; }
static inline int64_t cff_time_base(void) { return AV_TIME_BASE; }

// The pictures' allocator may be called on a decoder's own threads. FFmpeg 6 always does and has no
// such member any more.
static inline void cff_allow_parallel_buffers(AVCodecContext *context) {
#if LIBAVCODEC_VERSION_MAJOR < 60
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    context->thread_safe_callbacks = 1;
#pragma GCC diagnostic pop
#else
    (void) context;
#endif
}
