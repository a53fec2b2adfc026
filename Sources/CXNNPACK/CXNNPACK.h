// XNNPACK (Debian 12, snapshot of 2022-02-16; Debian 13, of 2024-11-08). It has no pkg-config file: the
// module map links it. What differs between snapshots is in Operators.h.
#pragma once

#include <pthreadpool.h>
#include <xnnpack.h>

#include "Operators.h"
