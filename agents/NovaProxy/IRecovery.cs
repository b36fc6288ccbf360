namespace Cascade.NovaProxy;

/// <summary>Finishes what an earlier life began: called once, known to the parent and before any message is served.</summary>
internal interface IRecovery
{
    Task RecoverAsync(CancellationToken cancelled);
}
