// SHA-256 of outputs, by the means that inputs are hashed with.
#pragma once

#include "data-loaders/digest.h"  // IWYU pragma: export
