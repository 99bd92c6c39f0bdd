"""Training as a good student writes it for PyTorch in Python: the other side of train_benchmark.

train_pytorch.py IMAGES prints the seconds that epoch 0 and two epochs took, and the last one's loss.
"""

import sys
import time

import torch
from torch import nn
from torch.nn import functional


def make_network():
    return nn.Sequential(
        nn.Conv2d(1, 16, 5, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 5, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(2048, 25),
        nn.ReLU(),
        nn.Linear(25, 25),
        nn.ReLU(),
        nn.Linear(25, 10),
    )


def train(network, images, labels, epochs, batch_size=16):
    optimiser = torch.optim.SGD(network.parameters(), lr=0.001, momentum=0.9)
    network.train()
    losses = []
    for epoch in range(epochs + 1):
        batches = torch.randperm(len(images)).split(batch_size)
        loss_sum, correct = 0.0, 0
        for batch in batches:
            x = torch.stack([images[i] for i in batch.tolist()])
            y = torch.stack([labels[i] for i in batch.tolist()])
            optimiser.zero_grad()
            logits = network(x)
            loss = functional.cross_entropy(logits, y)
            loss_sum += loss.item()
            correct += (logits.argmax(dim=1) == y).sum().item()
            if epoch > 0:
                loss.backward()
                optimiser.step()
        losses.append(loss_sum / len(batches))
    return losses


def main():
    count = int(sys.argv[1])
    torch.set_num_threads(1)
    torch.manual_seed(1)
    images = torch.randn(count, 1, 32, 32)
    labels = torch.randint(10, (count,))
    torch.manual_seed(2)
    network = make_network()
    start = time.perf_counter()
    losses = train(network, images, labels, epochs=2)
    print(time.perf_counter() - start, losses[-1])


if __name__ == "__main__":
    main()
