namespace Cascade.NovaProxy.Capacity;

/// <summary>What is ours in the child, by the parent's records.</summary>
internal interface IOwnUse
{
    Task<OwnUse> ReadAsync(CancellationToken cancelled);
}
