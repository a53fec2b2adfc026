/// Catalogues of advice in other languages, embedded from `Advice/`.

#ifndef CADVICE_H
#define CADVICE_H

#include <stddef.h>

/// The text of one catalogue: JSON in UTF-8, without a final zero.
struct vprep_catalogue {
  /// BCP 47 tag of its language.
  const char *language;
  const unsigned char *bytes;
  size_t count;
};

/// How many catalogues there are.
size_t vprep_catalogue_count(void);

/// The catalogue at `index`; all zero beyond the last.
struct vprep_catalogue vprep_catalogue_at(size_t index);

#endif
