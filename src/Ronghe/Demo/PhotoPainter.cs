using Ronghe.Demo.Painting;
using Ronghe.Demo.Painting.Scenes;

namespace Ronghe.Demo;

/// <summary>What a demo photo shows.</summary>
public enum PhotoScene
{
    PipeFlange, Pump, Tank, Handrail, Scaffold, Ladder, FloorCover, CableTray, Cabinet, Lighting, FireDoor, Extinguisher, CoalBelt, GasCylinders,
    Passage, Paperwork,
}

/// <summary>
/// Draws photos for the demo plant: no camera has seen them, so they show nobody and belong to nobody. The same scene, seed and
/// stamp give the same picture.
/// </summary>
public static class PhotoPainter
{
    public const int Width = 880, Height = 660;

    static readonly Dictionary<PhotoScene, Action<Stage, bool>> Builders = new()
    {
        [PhotoScene.PipeFlange] = PipeFlange.Build, [PhotoScene.Pump] = Pump.Build, [PhotoScene.Tank] = Tank.Build,
        [PhotoScene.Handrail] = Handrail.Build, [PhotoScene.Scaffold] = Scaffold.Build, [PhotoScene.Ladder] = Ladder.Build,
        [PhotoScene.FloorCover] = FloorCover.Build, [PhotoScene.CableTray] = CableTray.Build, [PhotoScene.Cabinet] = Cabinet.Build,
        [PhotoScene.Lighting] = Lighting.Build, [PhotoScene.FireDoor] = FireDoor.Build, [PhotoScene.Extinguisher] = Extinguisher.Build,
        [PhotoScene.CoalBelt] = CoalBelt.Build, [PhotoScene.GasCylinders] = GasCylinders.Build, [PhotoScene.Passage] = Passage.Build,
        [PhotoScene.Paperwork] = Paperwork.Build,
    };

    /// <summary>Words of a hazard's description, place or category, the most telling first.</summary>
    static readonly (PhotoScene Scene, string Words)[] Telling =
    [
        (PhotoScene.GasCylinders, "气瓶 乙炔 氧气瓶 钢瓶 割 火花 焊"), (PhotoScene.FireDoor, "防火门 闭门器 门锁"), (PhotoScene.Extinguisher, "灭火器 消火栓 水带 灭火毯 消防泵 喷淋 呼吸器"),
        (PhotoScene.Scaffold, "脚手架 跳板 立杆 吊篮 安全带 吊装 钢丝绳 吊钩"), (PhotoScene.Ladder, "爬梯 直梯 护笼"), (PhotoScene.Handrail, "护栏 栏杆 踢脚板 临边 平台 围栏"),
        (PhotoScene.FloorCover, "盖板 格栅 孔洞 井盖 地沟 沟道 人孔 积水 结冰"), (PhotoScene.CoalBelt, "皮带 输煤 煤堆 滚筒 落煤 积煤 托辊 斗轮 给煤 磨煤 积粉 翻车"),
        (PhotoScene.CableTray, "桥架 电缆 槽盒 线缆 导线"), (PhotoScene.Lighting, "照明 灯 隧道"), (PhotoScene.Passage, "通道 堵 堆放 疏散 道路 出口 车 叉车 占用"),
        (PhotoScene.Paperwork, "记录 签字 资料 台账 操作票 工作票 审批 审查 证件 管理缺陷 登记 交底 保护屏 标签"),
        (PhotoScene.Cabinet, "配电 开关柜 控制柜 电源 机柜 柜 端子箱 插座 插排 接地 漏电 UPS 蓄电池 变频 避雷 报警 电气安全"),
        (PhotoScene.Tank, "储罐 罐 酸 碱 氨 油箱 水箱 危化品 环保 池"), (PhotoScene.Pump, "泵 电机 风机 联轴器 轴承 防护罩 护罩 砂轮 机封 密封 油位"),
        (PhotoScene.PipeFlange, "法兰 阀 管 渗 漏 滴 蒸汽 保温 设备设施 特种设备"), (PhotoScene.Handrail, "高处作业"), (PhotoScene.Extinguisher, "消防安全"),
        (PhotoScene.GasCylinders, "动火作业"), (PhotoScene.FloorCover, "受限空间 作业环境"), (PhotoScene.Scaffold, "起重机械"), (PhotoScene.Passage, "文明生产 交通安全"),
        (PhotoScene.Pump, "职业健康"),
    ];

    /// <summary>The scene that suits a text best; a leaking flange when nothing does.</summary>
    public static PhotoScene SceneFor(string text) =>
        Telling.FirstOrDefault(entry => entry.Words.Split(' ').Any(word => text.Contains(word, StringComparison.Ordinal))).Scene;

    /// <summary>A PNG with the fault (before) or without it (after).</summary>
    /// <param name="stamp">Digits for the corner, e.g. 2025-11-16 09:12.</param>
    public static byte[] Paint(PhotoScene scene, bool after, int seed, string stamp)
    {
        var stage = new Stage(seed);
        Builders[scene](stage, after);
        stage.Shot = stage.Shot with { IsMirrored = seed % 2 != 0 };
        var grain = (uint)(seed * 2 + (after ? 1 : 0)) * 2654435761u;
        return Film.Develop(Renderer.Render(stage, Width, Height, grain), Width, Height, stage.Shot, grain, stamp);
    }
}
