using System.Collections.Concurrent;
using Cascade.OpenStack;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Keypairs;

/// <summary>
/// Keypairs of our user in the child. They are only needed while a server is created, because nova copies the key into the server
/// (nova/compute/api.py: _validate_and_build_base_options takes key_data); so when our user's quota of keypairs is reached, those that no
/// build holds are removed.
/// </summary>
internal sealed class ChildKeypairs(ChildCloud child, ILogger<ChildKeypairs> log) : IDisposable
{
    readonly ConcurrentDictionary<string, int> held = new(StringComparer.Ordinal);
    readonly SemaphoreSlim sweeping = new(1);

    /// <summary>Holds the keypair for the time of a create; dispose of the result afterwards.</summary>
    public async Task<IDisposable> HoldAsync(WantedKeypair? wanted, CancellationToken cancelled)
    {
        if (wanted is null)
        {
            return new Hold(null, held);
        }

        // Before a sweep, which then sees it, or after it: a key that a sweep is about to remove would be imported while it is still there.
        await sweeping.WaitAsync(cancelled);
        held.AddOrUpdate(wanted.Name, 1, static (_, count) => count + 1);
        sweeping.Release();
        var hold = new Hold(wanted.Name, held);
        try
        {
            await ImportAsync(wanted, cancelled);
            return hold;
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    public void Dispose() => sweeping.Dispose();

    async Task ImportAsync(WantedKeypair wanted, CancellationToken cancelled)
    {
        try
        {
            await child.Cloud.Compute.Keypairs.ImportAsync(Scope.Own, wanted.Name, wanted.PublicKey, wanted.Type, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Conflict)
        {
            // The name is the content: it is this key.
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.OverQuota)
        {
            await SweepAsync(cancelled);
            await child.Cloud.Compute.Keypairs.ImportAsync(Scope.Own, wanted.Name, wanted.PublicKey, wanted.Type, cancelled);
        }
    }

    async Task SweepAsync(CancellationToken cancelled)
    {
        await sweeping.WaitAsync(cancelled);
        try
        {
            var swept = 0;
            await foreach (var keypair in child.Cloud.Compute.Keypairs.ListAsync(Scope.Own, cancelled))
            {
                if (keypair.Name.StartsWith(KeypairMap.Prefix, StringComparison.Ordinal) && !held.ContainsKey(keypair.Name))
                {
                    await DeleteAsync(keypair.Name, cancelled);
                    swept++;
                }
            }

            Log.KeypairsSwept(log, swept);
        }
        finally
        {
            sweeping.Release();
        }
    }

    async Task DeleteAsync(string name, CancellationToken cancelled)
    {
        try
        {
            await child.Cloud.Compute.Keypairs.DeleteAsync(Scope.Own, name, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            // Gone is what we want.
        }
    }

    sealed class Hold(string? name, ConcurrentDictionary<string, int> held) : IDisposable
    {
        int over;

        public void Dispose()
        {
            if (name is null || Interlocked.Exchange(ref over, 1) != 0)
            {
                return;
            }

            if (held.AddOrUpdate(name, 0, static (_, count) => count - 1) == 0)
            {
                held.TryRemove(new(name, 0));
            }
        }
    }
}
