# What rooms.txt calls a third party, as a target to link.
find_package(PkgConfig REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(fmt REQUIRED)
find_package(Threads REQUIRED)
find_package(GTest REQUIRED)
set(Boost_NO_WARN_NEW_VERSIONS ON)
find_package(Boost 1.81 EXACT REQUIRED COMPONENTS json url)
pkg_check_modules(PQ REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(ARGON2 REQUIRED IMPORTED_TARGET libargon2)
pkg_check_modules(CURL REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(BENCHMARK QUIET IMPORTED_TARGET benchmark)  # for ./flash bench alone
pkg_check_modules(LZMA REQUIRED IMPORTED_TARGET liblzma)  # of the tests' data sets

add_library(third_fmt INTERFACE)
target_link_libraries(third_fmt INTERFACE fmt::fmt)
add_library(third_boost_json INTERFACE)
target_link_libraries(third_boost_json INTERFACE Boost::json)
add_library(third_boost_url INTERFACE)
target_link_libraries(third_boost_url INTERFACE Boost::url)
add_library(third_openssl INTERFACE)
target_link_libraries(third_openssl INTERFACE OpenSSL::SSL OpenSSL::Crypto)
add_library(third_argon2 INTERFACE)
target_link_libraries(third_argon2 INTERFACE PkgConfig::ARGON2)
add_library(third_crypt INTERFACE)
target_link_libraries(third_crypt INTERFACE crypt)
add_library(third_cli11 INTERFACE)
add_library(third_toml INTERFACE)
add_library(third_asio INTERFACE)
# The separate compilation of Asio costs calls on the hot path; header-only, in few units.
target_compile_definitions(third_asio INTERFACE BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_COROUTINE)
target_link_libraries(third_asio INTERFACE Boost::headers Threads::Threads)
add_library(third_curl INTERFACE)
target_link_libraries(third_curl INTERFACE PkgConfig::CURL)
# Reads replies of name servers: of glibc, as the resolver itself.
add_library(third_resolv INTERFACE)
target_link_libraries(third_resolv INTERFACE resolv)
add_library(third_pq INTERFACE)
target_link_libraries(third_pq INTERFACE PkgConfig::PQ)
# Debian's libphonenumber-dev insists on Boost 1.74, which cannot stand beside 1.81. `./flash setup`
# unpacks its headers into build/deps; the library itself (libphonenumber8) is a plain package.
add_library(third_phonenumber INTERFACE)
target_include_directories(third_phonenumber SYSTEM INTERFACE ${CMAKE_SOURCE_DIR}/build/deps/usr/include)
find_library(PHONENUMBER NAMES libphonenumber.so.8 REQUIRED)
target_link_libraries(third_phonenumber INTERFACE ${PHONENUMBER})
# Takes the place of malloc: 3 of the 24 us that a read by key costs flashd were glibc's.
add_library(third_mimalloc INTERFACE)
find_package(mimalloc REQUIRED)
target_link_libraries(third_mimalloc INTERFACE mimalloc)
# The learner alone links it: it brings OpenMP and 5 MB that no request needs (decision 0013).
add_library(third_xgboost INTERFACE)
find_library(XGBOOST NAMES xgboost REQUIRED)
target_link_libraries(third_xgboost INTERFACE ${XGBOOST})
