using Microsoft.Extensions.DependencyInjection;

namespace Cascade.CinderProxy.Attachments;

/// <summary>Attachments, put together.</summary>
internal static class AttachmentsRoom
{
    public static IServiceCollection AddAttachments(this IServiceCollection services) => services
        .AddSingleton<CallTurns>()
        .AddSingleton<Holders>()
        .AddSingleton<Barrier>()
        .AddSingleton<ChildFlags>()
        .AddSingleton<AttachmentUpdateHandler>()
        .AddSingleton<AttachmentDeleteHandler>()
        .AddSingleton<AttachVolumeHandler>();
}
