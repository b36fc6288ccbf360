namespace Cascade.Agent.Serving;

/// <summary>Finishes what an earlier life began: called once, known to the parent and before any message is served.</summary>
public interface IRecovery
{
    Task RecoverAsync(CancellationToken cancelled);
}
