# Puts the web app and the SQL of database/ into the binary: tools/embed.py lists the files, #embed brings the bytes.
function(flash_embed target)
  set(out ${CMAKE_BINARY_DIR}/assets)
  file(GLOB_RECURSE sql CONFIGURE_DEPENDS database/*.sql)
  file(GLOB_RECURSE web CONFIGURE_DEPENDS web/dist/*)
  add_custom_command(OUTPUT ${out}/assets.gen.cpp
    COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/embed.py ${CMAKE_SOURCE_DIR} ${out}/assets.gen.cpp
    DEPENDS tools/embed.py ${sql} ${web} COMMENT "Listing the files to put into the binary")
  add_library(${target} STATIC ${out}/assets.gen.cpp)
  target_link_libraries(${target} PRIVATE flash_app flash_base)
  target_compile_options(${target} PRIVATE -Wno-c23-extensions)
endfunction()
