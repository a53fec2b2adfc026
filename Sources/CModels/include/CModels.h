// The face models, embedded when the program is built.
#pragma once

#include <stddef.h>

#include "sha256.h"

/// The bytes of an embedded model; null and 0 when none was embedded.
struct vprep_embedded_model {
  const unsigned char *bytes;
  size_t count;
};

/// The files, in the order of the index that `vprep_embedded_model` takes.
enum {
  VPREP_MODEL_SHORT_RANGE_DETECTOR,
  VPREP_MODEL_FULL_RANGE_DETECTOR,
  VPREP_MODEL_FACE_LANDMARKS,
  VPREP_MODEL_IRIS_LANDMARKS,
  VPREP_MODEL_PALM_DETECTOR,
  VPREP_MODEL_HAND_LANDMARKS,
  VPREP_MODEL_COUNT
};

/// Returns the model of that index, or an empty one.
struct vprep_embedded_model vprep_embedded_model(int index);

/// Returns the weights of the scores that tell what covers a face; they are part of the repository.
struct vprep_embedded_model vprep_occlusion_weights(void);

/// Tells the kernel that a part of the program's constants is not needed for now.
///
/// The whole pages inside the range leave the process; whoever reads them later gets them from the
/// program's file again. For constants without relocations only, as the embedded models are.
void vprep_release_constants(const void *bytes, size_t count);
