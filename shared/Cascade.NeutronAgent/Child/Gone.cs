using Cascade.OpenStack;

namespace Cascade.NeutronAgent.Child;

/// <summary>Gone is what a delete wants, whoever did it.</summary>
public static class Gone
{
    public static async Task IsFineAsync(Func<Task> delete)
    {
        try
        {
            await delete();
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            // An earlier life, somebody in the child, or our own first request whose answer was lost.
        }
    }
}
