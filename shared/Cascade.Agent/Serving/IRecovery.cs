namespace Cascade.Agent.Serving;

/// <summary>
/// Finishes what an earlier life began, or lays aside what is no longer sure: called each time that this copy becomes the active one, known to the parent and before
/// any message is served or any worker runs.
/// </summary>
public interface IRecovery
{
    Task RecoverAsync(CancellationToken cancelled);
}
