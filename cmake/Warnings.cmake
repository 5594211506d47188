# Warnings are errors, for our own code only: libraries are included as SYSTEM. -Wrestrict is wrong about std::string in
# gcc 12 with optimisation (GCC bug 105651).
function(yekun_warnings target)
  target_compile_options(${target} PRIVATE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -Wno-restrict>)
endfunction()
