// Data that a container holds beside a stream, such as its display matrix: the stream's own up to FFmpeg
// 6.0, the codec parameters' since 6.1 (libavformat 60.16).
#pragma once

#include <libavformat/avformat.h>

#if LIBAVFORMAT_VERSION_INT >= AV_VERSION_INT(60, 16, 100)
#define CFF_SIDE_DATA_IS_IN_PARAMETERS 1
#endif

// The data of a type and its size in bytes; NULL where the stream has none.
static inline const uint8_t *cff_stream_side_data(
    const AVStream *stream, enum AVPacketSideDataType type, size_t *size) {
#ifdef CFF_SIDE_DATA_IS_IN_PARAMETERS
    const AVCodecParameters *parameters = stream->codecpar;
    const AVPacketSideData *data = av_packet_side_data_get(
        parameters->coded_side_data, parameters->nb_coded_side_data, type);
    *size = data ? data->size : 0;
    return data ? data->data : NULL;
#else
    return av_stream_get_side_data(stream, type, size);
#endif
}

// Room for data of a type; NULL where there is no memory.
static inline uint8_t *cff_new_stream_side_data(
    AVStream *stream, enum AVPacketSideDataType type, size_t size) {
#ifdef CFF_SIDE_DATA_IS_IN_PARAMETERS
    AVCodecParameters *parameters = stream->codecpar;
    AVPacketSideData *data = av_packet_side_data_new(
        &parameters->coded_side_data, &parameters->nb_coded_side_data, type, size, 0);
    return data ? data->data : NULL;
#else
    return av_stream_new_side_data(stream, type, size);
#endif
}
