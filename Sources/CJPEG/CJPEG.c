#include "CJPEG.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

typedef struct {
  struct jpeg_error_mgr base;
  jmp_buf escape;
  char *text;
} error_manager;

static void fail(j_common_ptr info) {
  error_manager *manager = (error_manager *)info->err;
  char message[JMSG_LENGTH_MAX];
  info->err->format_message(info, message);
  snprintf(manager->text, CJPEG_ERROR_CAPACITY, "%s", message);
  longjmp(manager->escape, 1);
}

static void stay_silent(j_common_ptr info) { (void)info; }

// Rows of one iMCU: 16 of luma, 8 of each chroma plane.
enum { LUMA_ROWS = 2 * DCTSIZE, CHROMA_ROWS = DCTSIZE };

// libjpeg reads whole blocks: a row is copied into `scratch` with its last sample repeated.
static void fill_rows(JSAMPROW *rows, int count, uint8_t *scratch, size_t padded,
                      const uint8_t *plane, size_t stride, int width, int height, int first) {
  for (int i = 0; i < count; i++) {
    int y = first + i < height ? first + i : height - 1;
    const uint8_t *source = plane + (size_t)y * stride;
    uint8_t *target = scratch + (size_t)i * padded;
    memcpy(target, source, (size_t)width);
    memset(target + width, source[width - 1], padded - (size_t)width);
    rows[i] = target;
  }
}

int cjpeg_encode(const cjpeg_picture *picture, int quality, uint8_t **data, size_t *size,
                 char *error) {
  *data = NULL;
  *size = 0;
  error[0] = 0;
  if (picture->width <= 0 || picture->height <= 0 || picture->width > JPEG_MAX_DIMENSION ||
      picture->height > JPEG_MAX_DIMENSION) {
    snprintf(error, CJPEG_ERROR_CAPACITY, "a JPEG of %d x %d cannot be written", picture->width,
             picture->height);
    return -1;
  }
  const int chroma_width = (picture->width + 1) / 2, chroma_height = (picture->height + 1) / 2;
  const size_t padded = ((size_t)picture->width + 15) / 16 * 16;
  uint8_t *volatile scratch = malloc(padded * LUMA_ROWS + padded * CHROMA_ROWS);
  if (!scratch) {
    snprintf(error, CJPEG_ERROR_CAPACITY, "out of memory");
    return -1;
  }
  // jpeg_mem_dest keeps these two up to date; they must outlive a jump.
  static _Thread_local unsigned char *buffer;
  static _Thread_local unsigned long length;
  buffer = NULL;
  length = 0;
  struct jpeg_compress_struct info;
  error_manager manager;
  info.err = jpeg_std_error(&manager.base);
  manager.base.error_exit = fail;
  manager.base.output_message = stay_silent;
  manager.text = error;
  if (setjmp(manager.escape)) {
    jpeg_destroy_compress(&info);
    free(buffer);
    free(scratch);
    return -1;
  }
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, &buffer, &length);
  info.image_width = (JDIMENSION)picture->width;
  info.image_height = (JDIMENSION)picture->height;
  info.input_components = 3;
  info.in_color_space = JCS_YCbCr;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  info.raw_data_in = TRUE;
  info.comp_info[0].h_samp_factor = 2;
  info.comp_info[0].v_samp_factor = 2;
  jpeg_start_compress(&info, TRUE);
  JSAMPROW luma[LUMA_ROWS], blue[CHROMA_ROWS], red[CHROMA_ROWS];
  JSAMPARRAY planes[3] = {luma, blue, red};
  while (info.next_scanline < info.image_height) {
    const int first = (int)info.next_scanline;
    uint8_t *chroma = scratch + padded * LUMA_ROWS;
    fill_rows(luma, LUMA_ROWS, scratch, padded, picture->luma, picture->luma_stride,
              picture->width, picture->height, first);
    fill_rows(blue, CHROMA_ROWS, chroma, padded / 2, picture->blue, picture->blue_stride,
              chroma_width, chroma_height, first / 2);
    fill_rows(red, CHROMA_ROWS, chroma + padded / 2 * CHROMA_ROWS, padded / 2, picture->red,
              picture->red_stride, chroma_width, chroma_height, first / 2);
    jpeg_write_raw_data(&info, planes, LUMA_ROWS);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  free(scratch);
  *data = buffer;
  *size = (size_t)length;
  return 0;
}

void cjpeg_free(uint8_t *data) { free(data); }
