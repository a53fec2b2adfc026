// A parser of a codec's packets: asked for by a number up to FFmpeg 8, by the codec's name since 9.
#pragma once

#include <libavcodec/avcodec.h>

static inline AVCodecParserContext *cff_parser(enum AVCodecID codec) {
    return av_parser_init(codec);
}
