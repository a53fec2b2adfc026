// Data that comes with a packet. FFmpeg 5 has no call that takes one kind of it away.
#pragma once

#include <libavcodec/avcodec.h>

// Takes the data of a type away from a packet, if it has some.
static inline void cff_remove_side_data(AVPacket *packet, enum AVPacketSideDataType type) {
    for (int index = packet->side_data_elems - 1; index >= 0; index--) {
        if (packet->side_data[index].type != type) continue;
        av_freep(&packet->side_data[index].data);
        packet->side_data[index] = packet->side_data[--packet->side_data_elems];
    }
    if (!packet->side_data_elems) av_freep(&packet->side_data);
}
