# Warnings of our own code; third-party headers come in as SYSTEM.
add_library(flash_warnings INTERFACE)
target_compile_options(flash_warnings INTERFACE -Wall -Wextra -Wshadow -Wconversion -Wnon-virtual-dtor
  -Wold-style-cast -Werror -Wno-c23-extensions -Wno-missing-designated-field-initializers)
