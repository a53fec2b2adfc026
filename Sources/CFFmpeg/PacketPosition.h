// Where in the file the packet of a picture stood: a member of AVFrame up to FFmpeg 6, and a note that the
// decoder passes on since then (AV_CODEC_FLAG_COPY_OPAQUE).
#pragma once

#include <libavcodec/avcodec.h>

// Lets the pictures of a decoder, which is not open yet, know of their packets.
static inline void cff_keep_positions(AVCodecContext *context) {
#ifdef AV_CODEC_FLAG_COPY_OPAQUE
    context->flags |= AV_CODEC_FLAG_COPY_OPAQUE;
#else
    (void) context;
#endif
}

// To be called before a packet is sent.
static inline void cff_note_position(AVPacket *packet) {
#ifdef AV_CODEC_FLAG_COPY_OPAQUE
    // One more, so that NULL stands for nothing.
    packet->opaque = packet->pos < 0 ? NULL : (void *) (intptr_t) (packet->pos + 1);
#else
    (void) packet;
#endif
}

// Bytes from the file's start; -1 where that is not known.
static inline int64_t cff_packet_position(const AVFrame *frame) {
#ifdef AV_CODEC_FLAG_COPY_OPAQUE
    return (int64_t) (intptr_t) frame->opaque - 1;
#else
    return frame->pkt_pos;
#endif
}
