// libebur128 (Debian's libebur128-dev) as a module.
#pragma once

#include <ebur128.h>
