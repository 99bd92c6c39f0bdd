"""Does what peers_test.cpp did, with PyTorch in Python: peers.py FOLDER.

Reads cases.safetensors (inputs) and writes results.safetensors, both of 32-bit floats alone. The forward
pass, gradients and steps are Python's; the network is written down here once more. Exit status 77:
PyTorch is missing.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

try:
    import torch
    from float_files import read, write
    from torch import nn
    from torch.nn import functional
except ImportError as missing:
    print(missing, file=sys.stderr)
    sys.exit(77)

torch.set_num_threads(1)


class Network(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.embed = nn.Sequential(
            nn.Conv2d(1, 16, kernel_size=5, padding="same"),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(16, 32, kernel_size=5, padding="same"),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
        )
        self.classify = nn.Sequential(
            nn.Linear(2048, 25), nn.ReLU(), nn.Linear(25, 25), nn.ReLU(), nn.Linear(25, classes)
        )

    def forward(self, images):
        return self.classify(self.embed(images))


# Ours -> the place in the containers above.
NAMES = {
    "embed.conv1": "embed.0",
    "embed.conv2": "embed.3",
    "classify.fc1": "classify.0",
    "classify.fc2": "classify.2",
    "classify.fc3": "classify.4",
}


def set_weights(network, arrays):
    network.load_state_dict(
        {
            f"{place}.{kind}": arrays[f"{ours}.{kind}"]
            for ours, place in NAMES.items()
            for kind in ("weight", "bias")
        }
    )


def weights_of(network):
    state = network.state_dict()
    return {
        f"{ours}.{kind}": state[f"{place}.{kind}"]
        for ours, place in NAMES.items()
        for kind in ("weight", "bias")
    }


def train(network, images, labels, order, batch_size, rate, momentum):
    """`order` (E, N): which example comes when; the first epoch changes nothing."""
    optimiser = torch.optim.SGD(network.parameters(), lr=rate, momentum=momentum)
    losses, accuracies = [], []
    for epoch, numbers in enumerate(order):
        batches = torch.split(numbers, batch_size)
        loss_sum, correct = 0.0, 0
        for batch in batches:
            logits = network(images[batch])
            loss = functional.cross_entropy(logits, labels[batch])
            loss_sum += loss.item()
            correct += (logits.argmax(dim=1) == labels[batch]).sum().item()
            if epoch > 0:
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
        losses.append(loss_sum / len(batches))
        accuracies.append(correct / len(images))
    return losses, accuracies


def test(network, images, labels, batch_size):
    network.eval()
    with torch.no_grad():
        batches = list(zip(torch.split(images, batch_size), torch.split(labels, batch_size)))
        losses = [functional.cross_entropy(network(x), y).item() for x, y in batches]
        correct = (network(images).argmax(dim=1) == labels).sum().item()
    return sum(losses) / len(losses), correct / len(images)


def main():
    folder = sys.argv[1]
    cases = read(f"{folder}/cases.safetensors")
    images, labels = cases["images"], cases["labels"].long()
    settings = cases["batch_size,rate,momentum"].tolist()
    batch_size = int(settings[0])
    network = Network(len(cases["classify.fc3.bias"]))
    set_weights(network, cases)
    results = {"logits": network(images).detach()}
    results["losses"], results["accuracies"] = train(
        network, images, labels, cases["order"].long(), batch_size, settings[1], settings[2]
    )
    results["test"] = test(network, images, labels, batch_size)
    results["resized"] = functional.interpolate(
        cases["stored"][:, None] / 255, size=32, mode="bilinear", align_corners=False
    )
    write(f"{folder}/results.safetensors", {**results, **weights_of(network)})


if __name__ == "__main__":
    main()
