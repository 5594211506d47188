# What is installed, and the Debian package: cpack -G DEB in a build folder. Man pages and completion are made by the
# program that was built. Nothing is looked for at run time but what the program carries; templates and examples are
# installed for people and their editors.
set(share ${CMAKE_BINARY_DIR}/share)
set(manuals "")
foreach(command IN ITEMS "" init check data query build chart explain preview send run schedule ledger verify doctor completion manual)
  set(page ${share}/man/yekun.1.gz)
  if(command)
    set(page ${share}/man/yekun-${command}.1.gz)
  endif()
  add_custom_command(OUTPUT ${page} DEPENDS yekun VERBATIM
                     COMMAND ${CMAKE_COMMAND} -E make_directory ${share}/man
                     COMMAND sh -c "\"$1\" manual $2 | gzip -9n > \"$3\"" sh $<TARGET_FILE:yekun> "${command}" ${page})
  list(APPEND manuals ${page})
endforeach()
set(completions ${share}/yekun ${share}/_yekun ${share}/yekun.fish)
add_custom_command(OUTPUT ${completions} DEPENDS yekun VERBATIM
                   COMMAND ${CMAKE_COMMAND} -E make_directory ${share}
                   COMMAND sh -c "\"$1\" completion bash > \"$2/yekun\"; \"$1\" completion zsh > \"$2/_yekun\"; \"$1\" completion fish > \"$2/yekun.fish\"" sh
                           $<TARGET_FILE:yekun> ${share})
add_custom_target(yekun_share ALL DEPENDS ${manuals} ${completions})

include(GNUInstallDirs)
set(documents share/doc/yekun)
install(TARGETS yekun RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${manuals} DESTINATION share/man/man1)
install(FILES ${share}/yekun DESTINATION share/bash-completion/completions)
install(FILES ${share}/_yekun DESTINATION share/zsh/vendor-completions)
install(FILES ${share}/yekun.fish DESTINATION share/fish/vendor_completions.d)
install(DIRECTORY templates DESTINATION share/yekun)
install(DIRECTORY examples docs DESTINATION ${documents} PATTERN __pycache__ EXCLUDE PATTERN "*.pyc" EXCLUDE PATTERN out EXCLUDE)
install(FILES README.md DESTINATION ${documents})
install(FILES LICENSE DESTINATION ${documents} RENAME copyright)
# The examples name their schema by ../../templates.
install(CODE "file(CREATE_LINK ../../yekun/templates \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${documents}/templates\" SYMBOLIC)")

set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)  # not the tests: build yekun and yekun_share first
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME yekun)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "The Yekun developers <yekun@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "reports for social programmes, from their records")
set(CPACK_PACKAGE_DESCRIPTION "Reads spreadsheets, CSV exports and registers, computes indicators that hold up to a donor's questions,
 and writes Excel workbooks, PDF reports, charts and dashboards in Azerbaijani, Georgian, Turkmen, Russian and English.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libcurl4, libpq5")  # loaded when they are needed, so that no dependency shows
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
