#include "CModels.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

void vprep_release_constants(const void *bytes, size_t count) {
  long size = sysconf(_SC_PAGESIZE);
  if (size <= 0) return;
  uintptr_t page = (uintptr_t)size;
  uintptr_t start = ((uintptr_t)bytes + page - 1) / page * page;
  uintptr_t end = ((uintptr_t)bytes + count) / page * page;
  if (start < end) madvise((void *)start, end - start, MADV_DONTNEED);
}

#pragma clang diagnostic ignored "-Wc23-extensions"

struct vprep_embedded_model vprep_occlusion_weights(void) {
  static const unsigned char weights[] = {
#embed "../../Training/occlusion.weights"
  };
  struct vprep_embedded_model file = {weights, sizeof weights};
  return file;
}

// `Models/` stands at the package's root and is not part of the repository; the plugin `EmbedModels`
// fills it before this file is compiled. All are embedded, or none: who builds without them
// (`VPREP_WITHOUT_MODELS`) names a folder when the program runs.
#define SHORT_RANGE "../../Models/face_detection_short_range.tflite"
#define FULL_RANGE "../../Models/face_detection_full_range_sparse.tflite"
#define LANDMARKS "../../Models/face_landmark.tflite"
#define IRIS "../../Models/iris_landmark.tflite"
#define PALM "../../Models/palm_detection_full.tflite"
#define HAND "../../Models/hand_landmark_lite.tflite"

#if defined(__has_embed)
#if __has_embed(SHORT_RANGE) == __STDC_EMBED_FOUND__ &&                                            \
    __has_embed(FULL_RANGE) == __STDC_EMBED_FOUND__ &&                                             \
    __has_embed(LANDMARKS) == __STDC_EMBED_FOUND__ && __has_embed(IRIS) == __STDC_EMBED_FOUND__ && \
    __has_embed(PALM) == __STDC_EMBED_FOUND__ && __has_embed(HAND) == __STDC_EMBED_FOUND__
#define ARE_THERE 1
#endif
#endif

#if VPREP_EMBEDS_MODELS && !ARE_THERE
#error "The face models are not in Models/. Run scripts/fetch.py scripts/models.json Models there."
#endif

#if ARE_THERE && !VPREP_WITHOUT_MODELS
static const unsigned char short_range[] = {
#embed SHORT_RANGE
};
static const unsigned char full_range[] = {
#embed FULL_RANGE
};
static const unsigned char landmarks[] = {
#embed LANDMARKS
};
static const unsigned char iris[] = {
#embed IRIS
};
static const unsigned char palm[] = {
#embed PALM
};
static const unsigned char hand[] = {
#embed HAND
};

struct vprep_embedded_model vprep_embedded_model(int index) {
  static const struct vprep_embedded_model models[VPREP_MODEL_COUNT] = {
      [VPREP_MODEL_SHORT_RANGE_DETECTOR] = {short_range, sizeof short_range},
      [VPREP_MODEL_FULL_RANGE_DETECTOR] = {full_range, sizeof full_range},
      [VPREP_MODEL_FACE_LANDMARKS] = {landmarks, sizeof landmarks},
      [VPREP_MODEL_IRIS_LANDMARKS] = {iris, sizeof iris},
      [VPREP_MODEL_PALM_DETECTOR] = {palm, sizeof palm},
      [VPREP_MODEL_HAND_LANDMARKS] = {hand, sizeof hand},
  };
  struct vprep_embedded_model none = {0, 0};
  return index >= 0 && index < VPREP_MODEL_COUNT ? models[index] : none;
}

#else

struct vprep_embedded_model vprep_embedded_model(int index) {
  (void)index;
  struct vprep_embedded_model none = {0, 0};
  return none;
}

#endif
