using Cascade.Contracts.Cinder.Messages;

namespace Cascade.CinderProxy.Volumes.Create;

/// <summary>Why a create did not come to be.</summary>
/// <param name="Elsewhere">Another host might do it.</param>
internal sealed record CreateFailure(string Reason, bool Elsewhere)
{
    /// <summary>What the tenant is told.</summary>
    public UserMessage Told { get; init; } = UserMessages.CreateFailed;
}
