using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Messages;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Child;

/// <summary>
/// What the child tells its tenant of something that went wrong there by itself: the tenant of the parent is told the same (D9). Only numbers can be told, whose texts are the
/// API's; what has no text of the child (an operator's reset-state) has none here, as natively.
/// </summary>
internal sealed class ChildMessages(ChildCloud child, ILogger<ChildMessages> log)
{
    /// <summary>Status and message are two writes of one failure, at times from two hosts: what was said longer before the last change is about something else.</summary>
    static readonly TimeSpan Before = TimeSpan.FromMinutes(1);

    /// <param name="seen">In error now.</param>
    /// <param name="resourceType">A word of <see cref="MessageResource"/>.</param>
    /// <returns>Null when the child says nothing about it, or not to us.</returns>
    public async Task<ChildMessage?> AboutAsync(IResource seen, string resourceType, CancellationToken cancelled)
    {
        try
        {
            // Newest first.
            var said = await child.BlockStorage.Messages.ListAsync(Scope.Own, seen.Id, cancelled).FirstOrDefaultAsync(cancelled);
            if (said is null || !IsOf(seen, said))
            {
                return null;
            }

            Log.ChildSays(log, seen.Id, said.UserMessage ?? said.EventId ?? "-", said.RequestId ?? "-");
            return UserMessage.Read(said.EventId, resourceType) is { } message ? new(message, said.RequestId) : null;
        }
        catch (CloudFault fault)
        {
            // That it is in error is the news, and waits for no text.
            Log.ChildSaysNothing(log, fault, seen.Id, fault.Message);
            return null;
        }
    }

    static bool IsOf(IResource seen, Message said) => said.CreatedAt is { } told && (seen.UpdatedAt ?? seen.CreatedAt) is { } changed && told >= changed - Before;
}

/// <param name="RequestId">Of the child's request that failed: the parent has none.</param>
internal sealed record ChildMessage(UserMessage Message, string? RequestId)
{
    /// <summary>Within the transaction in which it becomes an error.</summary>
    /// <param name="said">Null when the child says nothing, and then nothing is said.</param>
    public static Task TellAsync(CinderWork work, ChildMessage? said, string resourceId, string projectId) =>
        said is null ? Task.CompletedTask : work.Messages.InsertAsync(said.Message, resourceId, projectId, said.RequestId);
}
