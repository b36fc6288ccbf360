namespace Cascade.OpenStack.Network;

/// <summary>What bears the time of its last change.</summary>
internal interface IStamped
{
    string Id { get; }

    DateTimeOffset? UpdatedAt { get; }
}
