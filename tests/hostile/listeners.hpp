#pragma once

#include <string>

#include "grader/base/descriptor.hpp"

namespace pset3::box {

/// A TCP and a UDP socket on one port of 127.0.0.1 and an abstract one, all of which answer.
class Listeners {
 public:
  Listeners();
  std::string port() const { return std::to_string(port_); }
  const std::string& name() const { return name_; }

 private:
  Descriptor tcp_, udp_, abstract_;
  int port_ = 0;
  std::string name_;
};

}  // namespace pset3::box
