// zlib (Debian's zlib1g-dev) as a module.
#pragma once

#include <zlib.h>
