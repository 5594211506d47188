// Which vector instructions the processor has: Highway's own interface (hwy/targets.h), answered here, because its
// library measures the clock for 2 ms whenever a program that links it starts. The rest of Highway is headers.
#include <hwy/targets.h>

#include <atomic>

namespace hwy {
namespace {

std::atomic<std::int64_t> only_these{0};  // tests try each target; 0: what the processor has

std::int64_t of_this_processor() {
  std::int64_t found = HWY_ENABLED_BASELINE;
#if HWY_ARCH_X86
  __builtin_cpu_init();
  bool const ssse3 = __builtin_cpu_supports("ssse3") != 0;
  bool const sse4 = ssse3 && __builtin_cpu_supports("sse4.2") != 0 && __builtin_cpu_supports("pclmul") != 0 &&
                    __builtin_cpu_supports("aes") != 0;
  // Processors with all of these count leading zeros and convert half floats too, which compilers cannot all ask about.
  bool const avx2 = sse4 && __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0 &&
                    __builtin_cpu_supports("bmi") != 0 && __builtin_cpu_supports("bmi2") != 0;
  bool const avx3 = avx2 && __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512vl") != 0 &&
                    __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
                    __builtin_cpu_supports("avx512cd") != 0;
  found |= (ssse3 ? HWY_SSSE3 : 0) | (sse4 ? HWY_SSE4 : 0) | (avx2 ? HWY_AVX2 : 0) | (avx3 ? HWY_AVX3 : 0);
#endif
  return found;
}

}  // namespace

std::int64_t SupportedTargets() {
  static std::int64_t const found = of_this_processor();
  std::int64_t const wanted = only_these.load();
  return wanted != 0 ? wanted : found;
}

void SetSupportedTargetsForTest(std::int64_t targets) { only_these.store(targets); }

ChosenTarget& GetChosenTarget() {
  static ChosenTarget chosen;
  return chosen;
}

}  // namespace hwy
