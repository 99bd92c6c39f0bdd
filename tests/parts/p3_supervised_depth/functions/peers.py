"""Does what peers_test.cpp did, with PyTorch, torchvision and scikit-image in Python: peers.py FOLDER.

Reads cases.safetensors (inputs) and writes results.safetensors, both of 32-bit floats alone. SSIM is
scikit-image's and, for its gradient, one of convolutions; the encoder is torchvision's DenseNet; the
decoder and the training are written down here once more. Exit status 77: a library is missing.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

try:
    import numpy as np
    import torch
    from float_files import read, write
    from skimage.metrics import structural_similarity
    from torch import nn
    from torch.nn import functional
    from torchvision.models import densenet
except ImportError as missing:
    print(missing, file=sys.stderr)
    sys.exit(77)

torch.set_num_threads(1)


def under(prefix, arrays):
    """What is called prefix/NAME, by NAME."""
    start = prefix + "/"
    return {name[len(start) :]: array for name, array in arrays.items() if name.startswith(start)}


def skimage_ssim(a, b):
    pairs = zip(a.double().numpy(), b.double().numpy())
    return np.mean(
        [
            structural_similarity(
                x,
                y,
                channel_axis=0,
                data_range=1.0,
                gaussian_weights=True,
                sigma=1.5,
                use_sample_covariance=False,
            )
            for x, y in pairs
        ]
    )


def torch_ssim(a, b):
    """Of maps with one channel, by convolution with an 11 x 11 kernel."""
    x = torch.arange(-5.0, 6.0)
    kernel = torch.exp(-(x[:, None] ** 2 + x[None, :] ** 2) / (2 * 1.5**2))
    kernel = (kernel / kernel.sum())[None, None]

    def mean(values):
        return functional.conv2d(values, kernel)

    mu_a, mu_b = mean(a), mean(b)
    var_a, var_b = mean(a * a) - mu_a**2, mean(b * b) - mu_b**2
    cov = mean(a * b) - mu_a * mu_b
    c1, c2 = 0.01**2, 0.03**2
    return (
        ((2 * mu_a * mu_b + c1) * (2 * cov + c2))
        / ((mu_a**2 + mu_b**2 + c1) * (var_a + var_b + c2))
    ).mean()


def differences(maps):
    """To the row below and the column to the right; 0 in the last ones."""
    down = torch.diff(maps, dim=2, append=maps[:, :, -1:, :])
    right = torch.diff(maps, dim=3, append=maps[:, :, :, -1:])
    return down, right


def depth_loss(predicted, truth):
    pairs = zip(differences(predicted), differences(truth))
    return torch.mean(sum(torch.abs(p - t) for p, t in pairs), dim=1)


def net_loss(predicted, truth):
    ssim_term = torch.clamp((1 - torch_ssim(predicted, truth)) * 0.5, min=0, max=1)
    return ssim_term + depth_loss(predicted, truth).mean() + 0.1 * functional.l1_loss(predicted, truth)


def encoder(width, growth, *blocks_and_bottleneck):
    *blocks, bottleneck = blocks_and_bottleneck
    return densenet.DenseNet(growth, tuple(blocks), width, bn_size=bottleneck, num_classes=1000)


STAGES = {
    "conv0": "conv0",
    "norm0": "norm0",
    "relu0": "relu0",
    "pool0": "pool0",
    "denseblock1": "block1",
    "transition1": "transition1",
    "denseblock2": "block2",
    "transition2": "transition2",
    "denseblock3": "block3",
    "transition3": "transition3",
    "denseblock4": "block4",
    "norm5": "norm5",
}


def encode(network, images):
    maps, values = {}, images
    for name, layer in network.features.named_children():
        # Those that write their result over their input would spoil what was kept.
        values = functional.relu(values) if name == "relu0" else layer(values)
        maps[STAGES[name]] = values
    return maps


class Decoder(nn.Module):
    def __init__(self, shapes):
        super().__init__()
        layers = {name[: -len(".weight")]: s for name, s in shapes.items() if name.endswith("weight")}
        self.layers = nn.ModuleDict(
            {
                name.replace(".", "_"): nn.Conv2d(s[1], s[0], s[2], padding="same")
                for name, s in layers.items()
            }
        )

    def forward(self, deepest, joined):
        values = self.layers["conv2"](functional.relu(deepest))
        for number, large in enumerate(joined, start=1):
            values = functional.interpolate(
                values, size=large.shape[2:], mode="bilinear", align_corners=True
            )
            values = torch.cat([values, large], dim=1)
            for layer in ("conv1", "conv2"):
                values = self.layers[f"up{number}_{layer}"](values)
                values = functional.leaky_relu(values, 0.2)
        return self.layers["conv3"](values)


def decoder_of(weights):
    decoder = Decoder({name: tuple(array.shape) for name, array in weights.items()})
    decoder.load_state_dict(
        {
            "layers." + name.rpartition(".")[0].replace(".", "_") + "." + name.rpartition(".")[2]: array
            for name, array in weights.items()
        }
    )
    return decoder


def decoder_weights(decoder, like):
    state = decoder.state_dict()
    return {
        name: state[
            "layers." + name.rpartition(".")[0].replace(".", "_") + "." + name.rpartition(".")[2]
        ]
        for name in like
    }


class DenseDepth(nn.Module):
    def __init__(self, options, encoder_weights, decoder_weights_):
        super().__init__()
        self.encoder = encoder(*options)
        state = self.encoder.state_dict()
        state.update({f"features.{name}": array for name, array in encoder_weights.items()})
        self.encoder.load_state_dict(state)
        self.decoder = decoder_of(decoder_weights_)

    def forward(self, images):
        maps = encode(self.encoder, images)
        joined = [maps[name] for name in ("transition2", "transition1", "pool0", "relu0")]
        half = self.decoder(maps["norm5"], joined)
        large = half.repeat_interleave(2, dim=2).repeat_interleave(2, dim=3)
        return large[:, :, : images.shape[2], : images.shape[3]]


def losses(cases):
    results = {"ssim": [skimage_ssim(cases["a"], cases["b"])]}
    results["vertical"], results["horizontal"] = differences(cases["a"])
    predicted = cases["a"].clone().requires_grad_()
    loss = depth_loss(predicted, cases["b"])
    results["depth_loss"] = loss.detach()
    (loss * cases["weights"]).sum().backward()
    results["depth_loss_gradient"] = predicted.grad
    predicted = cases["a"][:, :1].clone().requires_grad_()
    net = net_loss(predicted, cases["b"][:, :1])
    net.backward()
    results["net_loss"], results["net_loss_gradient"] = [net.item()], predicted.grad
    return results


def densenet161_shapes():
    """The sizes of each parameter, in a row; and how many numbers there are with the head."""
    network = densenet.densenet161(weights=None)
    shapes = {
        name[len("features.") :]: list(parameter.shape)
        for name, parameter in network.named_parameters()
        if name.startswith("features.")
    }
    shapes["count"] = [sum(parameter.numel() for parameter in network.parameters())]
    return shapes


def training(cases):
    options = [int(number) for number in cases["encoder"].tolist()]
    model = DenseDepth(options, under("encoder", cases), under("decoder", cases))
    model.eval()
    with torch.no_grad():
        maps = encode(model.encoder, cases["images"])
        results = {f"maps/{name}": values for name, values in maps.items()}
        results["depths"] = model(cases["images"])
    rate, epsilon, steps = cases["rate,epsilon,steps"].tolist()
    optimiser = torch.optim.Adam(model.parameters(), lr=rate, eps=epsilon)
    model.train()
    step_losses = []
    for _ in range(int(steps)):
        optimiser.zero_grad()
        predicted = torch.where(cases["valid"] > 0, model(cases["images"]), cases["depths"])
        loss = net_loss(predicted, cases["depths"])
        loss.backward()
        optimiser.step()
        step_losses.append(loss.item())
    results["step_losses"] = step_losses
    state = model.encoder.state_dict()
    for name in under("encoder", cases):
        results[f"encoder/{name}"] = state[f"features.{name}"]
    for name, array in decoder_weights(model.decoder, under("decoder", cases)).items():
        results[f"decoder/{name}"] = array
    return results


def main():
    folder = sys.argv[1]
    cases = read(f"{folder}/cases.safetensors")
    results = {}
    for name, function in (("losses", losses), ("training", training)):
        results.update({f"{name}/{key}": v for key, v in function(under(name, cases)).items()})
    results.update({f"densenet161/{key}": v for key, v in densenet161_shapes().items()})
    write(f"{folder}/results.safetensors", {k: torch.as_tensor(v) for k, v in results.items()})


if __name__ == "__main__":
    main()
