#pragma once

#include <functional>
#include <string>

#include "grader/arrays/array.hpp"
#include "starter/p0_neural_nets/neural_nets.hpp"

/// Arrays as the student's types and back. What comes back keeps the shape that it has, right or
/// wrong: the judge says what is wrong with it.
namespace pset3::adapter::p0 {

using arrays::Array;
using arrays::Arrays;
using neural_nets::Filters;
using neural_nets::Index;
using neural_nets::Matrix;
using neural_nets::RowVector;
using neural_nets::Volume;

Matrix matrix_in(const Arrays& inputs, const std::string& name);
RowVector row_in(const Arrays& inputs, const std::string& name);
Volume volume_in(const Arrays& inputs, const std::string& name);
Filters filters_in(const Arrays& inputs, const std::string& name);
std::int64_t whole_in(const Arrays& inputs, const std::string& name);
double number_in(const Arrays& inputs, const std::string& name);

Array array_of(const Matrix& matrix);
Array array_of(const RowVector& row);
Array array_of(const Volume& volume);
Array array_of(const Filters& filters);

/// The name of an array of layer i: "weights_0".
std::string of_layer(const std::string& name, std::size_t layer);

/// Puts own_changed I64 (): 0 where the arguments of the call are still what the case gives, else 1
/// + the place of the first that is not among `inputs`.
/// @param after  the arguments after the call, by their names in `inputs`.
void put_changed(Arrays& outputs, const Arrays& inputs, const Arrays& after);

/// Puts what another function of the student's gives on the way as "own_NAME", so that the judge
/// can tell a wrong composition from a wrong piece; "own_NAME_known" is false, and the array full
/// of zeros, where that function throws or gives another shape or a value that is not finite.
void put_own(Arrays& outputs, const std::string& name, Index rows, Index columns,
             const std::function<Matrix()>& call);
/// The same for an array (D).
void put_own_row(Arrays& outputs, const std::string& name, Index size,
                 const std::function<RowVector()>& call);
/// The same for a number.
void put_own_number(Arrays& outputs, const std::string& name, const std::function<double()>& call);

}  // namespace pset3::adapter::p0
