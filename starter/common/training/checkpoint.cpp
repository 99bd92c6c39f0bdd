#include "starter/common/training/checkpoint.hpp"

#include <zlib.h>

#include <memory>
#include <sstream>
#include <type_traits>
#include <utility>

#include "starter/common/data/data_file.hpp"
#include "starter/common/data/weights_file.hpp"

namespace pset3 {
namespace {

constexpr const char* kEpochs = "epochs";
constexpr const char* kAdam = "adam ";  // no parameter's name has a space
constexpr const char* kStops = "stopped after epochs";

std::string crc_of(const void* bytes, std::size_t count) {
  const uLong crc = crc32_z(0, static_cast<const Bytef*>(bytes), count);
  std::ostringstream text;
  text << std::hex << crc;
  return text.str();
}

WeightsArray array_of(const torch::Tensor& tensor) {
  const torch::Tensor plain = tensor.detach().to(torch::kFloat).contiguous();
  const auto* first = plain.data_ptr<float>();
  return {plain.sizes().vec(), {first, first + plain.numel()}};
}

WeightsArray array_of(const std::vector<std::vector<double>>& epochs) {
  const std::size_t measured = epochs.empty() ? 0 : epochs.front().size();
  WeightsArray array;
  array.shape = {static_cast<std::int64_t>(epochs.size()), static_cast<std::int64_t>(measured)};
  for (const std::vector<double>& epoch : epochs) {
    for (const double value : epoch) array.values.push_back(static_cast<float>(value));
  }
  return array;
}

/// @throws DataError, as a damaged file does, unless the array is a table.
std::vector<std::vector<double>> epochs_of(const WeightsArray& array) {
  if (array.shape.size() != 2) throw DataError("a checkpoint without its epochs");
  std::vector<std::vector<double>> epochs(static_cast<std::size_t>(array.shape[0]));
  const auto measured = static_cast<std::ptrdiff_t>(array.shape[1]);
  auto next = array.values.begin();
  for (std::vector<double>& epoch : epochs) {
    epoch.assign(next, next + measured);
    next += measured;
  }
  return epochs;
}

std::string text_of(const std::vector<int>& numbers) {
  std::string text;
  for (const int number : numbers) text += (text.empty() ? "" : " ") + std::to_string(number);
  return text;
}

Checkpoint checkpoint_of(Weights weights, const std::string& stops) {
  Checkpoint checkpoint;
  std::istringstream stop_numbers(stops);
  for (int stop = 0; stop_numbers >> stop;) checkpoint.stopped_after.push_back(stop);
  checkpoint.epochs = epochs_of(weights.arrays[kEpochs]);
  weights.arrays.erase(kEpochs);
  for (const auto& [name, array] : weights.arrays) {
    checkpoint.tensors[name] = torch::tensor(array.values).view(array.shape);
  }
  return checkpoint;
}

using Key = std::decay_t<decltype(std::declval<torch::optim::Optimizer&>().state())>::key_type;

/// LibTorch's optimisers know a parameter by its address: version 2 as a pointer, version 1 as
/// text.
template <typename AddressOrText>
AddressOrText key_of(const torch::Tensor& parameter) {
  void* const address = parameter.unsafeGetTensorImpl();
  if constexpr (std::is_pointer_v<AddressOrText>) {
    return address;
  } else {
    std::ostringstream text;
    text << address;
    return text.str();
  }
}

}  // namespace

NamedTensors state_of(const torch::nn::Module& model) {
  NamedTensors state;
  for (const auto& item : model.named_parameters()) state[item.key()] = item.value();
  for (const auto& item : model.named_buffers()) state[item.key()] = item.value();
  return state;
}

bool set_state(const NamedTensors& values, torch::nn::Module& model) {
  NamedTensors state = state_of(model);
  for (const auto& [name, tensor] : state) {
    const auto found = values.find(name);
    if (found == values.end() || found->second.sizes() != tensor.sizes()) return false;
  }
  if (state.size() != values.size()) return false;
  const torch::NoGradGuard no_gradients;
  for (const auto& [name, value] : values) state[name].copy_(value);
  return true;
}

NamedTensors adam_state_of(torch::optim::Adam& optimizer, const torch::nn::Module& model) {
  NamedTensors all;
  for (const auto& item : model.named_parameters()) {
    const auto found = optimizer.state().find(key_of<Key>(item.value()));
    if (found == optimizer.state().end()) continue;  // it never had a gradient
    const auto& state = static_cast<const torch::optim::AdamParamState&>(*found->second);
    all[kAdam + ("steps " + item.key())] = torch::full({}, state.step(), torch::kFloat);
    all[kAdam + ("mean " + item.key())] = state.exp_avg();
    all[kAdam + ("square " + item.key())] = state.exp_avg_sq();
  }
  return all;
}

bool set_adam_state(const NamedTensors& values, const torch::nn::Module& model,
                    torch::optim::Adam& optimizer) {
  std::map<Key, std::unique_ptr<torch::optim::AdamParamState>> states;
  for (const auto& item : model.named_parameters()) {
    const auto steps = values.find(kAdam + ("steps " + item.key()));
    const auto mean = values.find(kAdam + ("mean " + item.key()));
    const auto square = values.find(kAdam + ("square " + item.key()));
    if (steps == values.end()) continue;
    if (mean == values.end() || mean->second.sizes() != item.value().sizes()) return false;
    if (square == values.end() || square->second.sizes() != item.value().sizes()) return false;
    auto state = std::make_unique<torch::optim::AdamParamState>();
    state->step(steps->second.item().toLong());
    state->exp_avg(mean->second.clone());
    state->exp_avg_sq(square->second.clone());
    states[key_of<Key>(item.value())] = std::move(state);
  }
  for (auto& [key, state] : states) optimizer.state()[key] = std::move(state);
  return true;
}

void write_checkpoint(const std::filesystem::path& file, const Identity& identity,
                      const Checkpoint& checkpoint) {
  Weights weights;
  weights.notes = identity;
  weights.notes[kStops] = text_of(checkpoint.stopped_after);
  weights.arrays[kEpochs] = array_of(checkpoint.epochs);
  for (const auto& [name, tensor] : checkpoint.tensors) weights.arrays[name] = array_of(tensor);
  write_weights(file, weights);
}

std::optional<Checkpoint> read_checkpoint(const std::filesystem::path& file,
                                          const Identity& identity) {
  if (!std::filesystem::exists(file)) return std::nullopt;
  try {
    Weights weights = read_weights(file);
    const std::string stops = weights.notes[kStops];
    weights.notes.erase(kStops);
    if (weights.notes != identity) return std::nullopt;
    return checkpoint_of(std::move(weights), stops);
  } catch (const DataError&) {  // cut off by a full disk, say: what it held is trained again
    return std::nullopt;
  }
}

std::string fingerprint(const std::vector<torch::Tensor>& tensors) {
  std::string all;
  for (const torch::Tensor& tensor : tensors) {
    const torch::Tensor plain = tensor.detach().contiguous();
    all += crc_of(plain.data_ptr(), plain.nbytes()) + " ";
  }
  return crc_of(all.data(), all.size());
}

std::string fingerprint_of(const NamedTensors& tensors) {
  std::vector<torch::Tensor> values;
  values.reserve(tensors.size());
  for (const auto& [name, value] : tensors) values.push_back(value);
  return fingerprint(values);
}

std::string fingerprint_of_program() {
  const auto bytes = read_data_file("/proc/self/exe", "It is the program itself.");
  return crc_of(bytes.data(), bytes.size());
}

}  // namespace pset3
