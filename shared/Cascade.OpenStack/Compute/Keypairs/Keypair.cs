using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>A public key of a user (nova/api/openstack/compute/keypairs.py).</summary>
public sealed record Keypair
{
    public string Name { get => field ?? ""; init; }

    public string? PublicKey { get; init; }

    public string? Fingerprint { get; init; }

    /// <summary><c>ssh</c> or <c>x509</c>.</summary>
    public string? Type { get; init; }

    public string? UserId { get; init; }
}

internal sealed record KeypairBody(Keypair Keypair);

internal sealed record KeypairPage(List<KeypairBody>? Keypairs, List<PageLink>? KeypairsLinks);

internal sealed record KeypairCreate(string Name, string PublicKey, string? Type);

internal sealed record KeypairCreateBody(KeypairCreate Keypair);
