using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Mirror.Queue;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.CinderProxy.Volumes.Create;

/// <summary>How a create begins: the child is asked, and what it refuses is the create's end. Within the volume's turn.</summary>
internal sealed class CreateStart(VolumeMaker maker, CreateEnd end, Creations creations, Expectations expectations, Refusals refusals)
{
    public async Task AskAsync(VolumeRow row, Creation creation, Turn turn)
    {
        creations.Give(row.Id, creation);
        try
        {
            expectations.Expect(await maker.MakeAsync(row, CinderRequestSpec.Read(creation.Call?.RequestSpec), turn));
        }
        catch (RpcFault refused)
        {
            await end.FailAsync(row, creation, new(refused.Message, Elsewhere: false), turn.Cancelled);
        }
        catch (Exception failure) when (ChildWords.In(failure) is { } fault)
        {
            await refusals.ParkIfAwayAsync(failure, turn.Cancelled);
            await end.FailAsync(row, creation, new(ChildWords.Text(fault), Elsewhere: true), turn.Cancelled);
        }
    }
}
