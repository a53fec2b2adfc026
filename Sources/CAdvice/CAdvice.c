#include "CAdvice.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char simplified_chinese[] = {
#embed "../../Advice/zh-Hans.json"
};
static const unsigned char indonesian[] = {
#embed "../../Advice/id.json"
};
static const unsigned char thai[] = {
#embed "../../Advice/th.json"
};

static const struct vprep_catalogue catalogues[] = {
    {"zh-Hans", simplified_chinese, sizeof simplified_chinese},
    {"id", indonesian, sizeof indonesian},
    {"th", thai, sizeof thai},
};

size_t vprep_catalogue_count(void) { return sizeof catalogues / sizeof *catalogues; }

struct vprep_catalogue vprep_catalogue_at(size_t index) {
  struct vprep_catalogue none = {0};
  return index < vprep_catalogue_count() ? catalogues[index] : none;
}
