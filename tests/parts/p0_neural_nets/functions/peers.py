"""Computes the cases of peers_test.cpp with SciPy and PyTorch: peers.py FOLDER.

Reads cases.json, a list of {"function", "arguments"} whose arrays are {"shape", "values"}, and writes
results.json, a list of {name: array}. Everything is in double; gradients are autograd's. Exit status 77:
a library is missing.
"""

import json
import sys

try:
    import numpy as np
    import scipy.signal
    import scipy.special
    import torch
    from torch.nn import functional
except ImportError as missing:
    print(missing, file=sys.stderr)
    sys.exit(77)

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def array(description):
    return np.array(description["values"]).reshape(description["shape"])


def leaf(description):
    return torch.tensor(array(description), requires_grad=True)


def activation_and_derivative(function, z):
    z = leaf(z)
    value = function(z)
    value.sum().backward()
    return value, z.grad


def sigmoid(z):
    derivative = activation_and_derivative(torch.sigmoid, z)[1]
    return {"value": scipy.special.expit(array(z)), "derivative": derivative}


def tanh(z):
    value, derivative = activation_and_derivative(torch.tanh, z)
    return {"value": value, "derivative": derivative}


def relu(z):
    value, derivative = activation_and_derivative(torch.relu, z)
    return {"value": value, "derivative": derivative}


def softmax(z):
    return {"value": scipy.special.softmax(array(z), axis=1)}


def loss_and_gradient(function, predictions, targets):
    predictions = leaf(predictions)
    loss = function(predictions, torch.tensor(array(targets))) / len(predictions)
    loss.backward()
    return {"value": loss, "gradient": predictions.grad}


def squared_error(**arguments):
    return loss_and_gradient(lambda p, t: functional.mse_loss(p, t, reduction="sum"), **arguments)


def binary_cross_entropy(**arguments):
    return loss_and_gradient(
        lambda p, t: functional.binary_cross_entropy(p, t, reduction="sum"), **arguments
    )


def cross_entropy(**arguments):
    return loss_and_gradient(
        lambda p, t: functional.nll_loss(torch.log(p), t.argmax(dim=1), reduction="sum"), **arguments
    )


def softmax_cross_entropy(**arguments):
    return loss_and_gradient(
        lambda p, t: functional.cross_entropy(p, t, reduction="sum"), **arguments
    )


def sgd_step(samples, targets, weights, biases, activation, learning_rate):
    samples = leaf(samples)
    layers = [(leaf(w), leaf(b)) for w, b in zip(weights, biases)]
    parameters = [parameter for layer in layers for parameter in layer]
    function = [torch.sigmoid, torch.tanh, torch.relu][activation]
    logits = samples
    for number, (weight, bias) in enumerate(layers):
        logits = functional.linear(function(logits) if number else logits, weight.T, bias)
    loss = functional.cross_entropy(logits, torch.tensor(array(targets)))
    optimiser = torch.optim.SGD(parameters, lr=learning_rate)
    optimiser.zero_grad()
    loss.backward()
    results = {"logits": logits, "loss": loss, "samples_gradient": samples.grad}
    for number, (weight, bias) in enumerate(layers):
        results[f"weights_gradient_{number}"] = weight.grad.clone()
        results[f"bias_gradient_{number}"] = bias.grad.clone()
    optimiser.step()
    for number, (weight, bias) in enumerate(layers):
        results[f"weights_{number}"] = weight
        results[f"bias_{number}"] = bias
    return results


def convolve_signals(f, g):
    return {"convolved": scipy.signal.convolve2d(array(f), array(g), mode="full")}


def channels_first(volume):
    """[H, W, C] as PyTorch's [1, C, H, W]."""
    return volume.permute(2, 0, 1).unsqueeze(0)


def channels_last(batch):
    return batch[0].permute(1, 2, 0)


def convolution_layer(input, filters, bias, stride, padding, output_gradient):
    input, filters, bias = leaf(input), leaf(filters), leaf(bias)
    output = channels_last(
        functional.conv2d(
            channels_first(input), filters.permute(3, 2, 0, 1), bias, stride=stride, padding=padding
        )
    )
    (output * torch.tensor(array(output_gradient))).sum().backward()
    return {
        "output": output,
        "input_gradient": input.grad,
        "filters_gradient": filters.grad,
        "bias_gradient": bias.grad,
    }


def pooling(input, size, stride, output_gradient):
    input = leaf(input)
    batch = channels_first(input)
    largest = channels_last(functional.max_pool2d(batch, size, stride))
    (largest * torch.tensor(array(output_gradient))).sum().backward()
    return {
        "max": largest,
        "average": channels_last(functional.avg_pool2d(batch, size, stride)),
        "l2": channels_last(functional.lp_pool2d(batch, 2, size, stride)),
        "max_gradient": input.grad,
    }


FUNCTIONS = [
    sigmoid, tanh, relu, softmax, squared_error, binary_cross_entropy, cross_entropy,
    softmax_cross_entropy, sgd_step, convolve_signals, convolution_layer, pooling,
]


def description_of(result):
    result = np.asarray(result.detach() if torch.is_tensor(result) else result)
    return {"shape": list(result.shape), "values": result.ravel().tolist()}


def main():
    folder = sys.argv[1]
    functions = {function.__name__: function for function in FUNCTIONS}
    with open(f"{folder}/cases.json", encoding="utf-8") as file:
        cases = json.load(file)
    results = []
    for case in cases:
        arrays = functions[case["function"]](**case["arguments"])
        results.append({name: description_of(value) for name, value in arrays.items()})
    with open(f"{folder}/results.json", "w", encoding="utf-8") as file:
        json.dump(results, file)


if __name__ == "__main__":
    main()
