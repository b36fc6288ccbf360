using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Networks;
using Cascade.NeutronAgent.Looking;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L2Proxy.Ports;

/// <summary>Writes the mark that a port of the child shall carry. Called again after a crash at any point it ends the same.</summary>
internal sealed class PortMarking(ChildCloud cloud, ChildNetworks child, PortBook book, Agendas agendas)
{
    const string Collection = "ports";

    NetworkTags Tags => cloud.Cloud.Network.Tags;

    public async Task LookAsync(string portId, CancellationToken cancelled)
    {
        if (book.Find(portId) is not { ChildId: { } childId } entry || PortMarks.For(entry.Believed) is not { } wanted || entry.Mark == wanted
            || !(await child.TraitsAsync(cancelled)).Marks)
        {
            return;
        }

        try
        {
            // The new one first: a port with both is asked for too often, one with none not at all by its mark.
            await Tags.AddAsync(Scope.Own, Collection, childId, Name(wanted), cancelled);
            if (entry.Mark.HasFlag(Other(wanted)))
            {
                await RemoveAsync(childId, Name(Other(wanted)), cancelled);
            }

            book.Mark(childId, wanted);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            agendas.Port(portId);
        }
        catch (CloudFault fault) when (Faults.IsFinal(fault))
        {
            // 50 tags are the most from 2025.1 on (neutron/extensions/tagging.py: MAX_TAGS_COUNT), and its owner may have them all.
            throw new RefusedException($"the child takes no mark on port {childId}, it is asked for by its id: {Faults.Text(fault)}", fault);
        }
    }

    async Task RemoveAsync(string childId, string tag, CancellationToken cancelled)
    {
        try
        {
            await Tags.DeleteAsync(Scope.Own, Collection, childId, tag, cancelled);
        }
        catch (CloudFault fault) when (fault.Code is "TagNotFound")
        {
            // Gone is what we want.
        }
    }

    static PortMark Other(PortMark mark) => mark is PortMark.Up ? PortMark.Down : PortMark.Up;

    static string Name(PortMark mark) => mark is PortMark.Up ? PortMarks.Up : PortMarks.Down;
}
