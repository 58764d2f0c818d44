// The change stream of one database: transactions whole, in commit order, across reconnections.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "loop/core.h"
#include "wal/slot.h"
#include "wal/transaction.h"

namespace flash::wal {

struct StreamOptions {
  std::string conninfo;  // of a role with REPLICATION
  SlotOptions slot;
  std::size_t transaction_bytes_max = std::size_t{64}
                                      << 20U;  // a larger one is told as `oversized`
  std::size_t held_bytes_max = std::size_t{64}
                               << 20U;  // handed over, not acknowledged: then reading waits
};

// Called on the stream's core.
struct StreamEvents {
  std::function<void(Transaction)> committed;
  // Every commit from now on arrives. At first, and after every reconnection.
  std::function<void()> live;
  // Changes may be missing: what readers know is out of date. Before `live`.
  std::function<void(std::string_view reason)> gap;
};

struct StreamFigures {
  bool live = false;
  std::uint64_t transactions = 0;
  std::uint64_t reconnections = 0;
  std::uint64_t gaps = 0;       // also the epoch: a position of another epoch means nothing
  std::uint64_t lag_bytes = 0;  // log that the server keeps for us
};

class Stream {
 public:
  Stream(loop::Core& core, StreamOptions options, StreamEvents events);
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  void start();  // reads, and reconnects with growing pauses (0.1 to 1 s), until close()
  void close();  // no event comes after it
  // That transaction was dealt with: the server may forget it. In the order of `committed`.
  void acknowledge(Lsn end, std::size_t bytes);
  [[nodiscard]] StreamFigures figures() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace flash::wal
