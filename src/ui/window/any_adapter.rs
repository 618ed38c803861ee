//! wgpu on weak machines: whatever can draw is taken, a processor last, and no more is asked of it than it has.
//! Must never know the window.

use std::sync::Arc;

use eframe::egui_wgpu::{WgpuConfiguration, WgpuSetup, WgpuSetupCreateNew};
use eframe::wgpu::{Adapter, DeviceDescriptor, DeviceType, Limits, PowerPreference, Surface};

/// Makes wgpu take any adapter.
pub fn accept(configuration: &mut WgpuConfiguration) {
    let WgpuSetup::CreateNew(setup) = &mut configuration.wgpu_setup else { return };
    *setup = WgpuSetupCreateNew {
        power_preference: PowerPreference::None,
        native_adapter_selector: Some(Arc::new(choose)),
        device_descriptor: Arc::new(describe),
        ..setup.clone()
    };
}

fn choose(adapters: &[Adapter], surface: Option<&Surface<'_>>) -> Result<Adapter, String> {
    let fits = |adapter: &&Adapter| surface.is_none_or(|surface| adapter.is_surface_supported(surface));
    let rank = |adapter: &&Adapter| match adapter.get_info().device_type {
        DeviceType::IntegratedGpu => 0,
        DeviceType::DiscreteGpu => 1,
        DeviceType::VirtualGpu => 2,
        DeviceType::Other => 3,
        DeviceType::Cpu => 4,
    };
    adapters.iter().filter(fits).min_by_key(rank).cloned().ok_or_else(|| "no adapter can draw this window".to_owned())
}

fn describe(adapter: &Adapter) -> DeviceDescriptor<'static> {
    let has = adapter.limits();
    let wanted = Limits::downlevel_webgl2_defaults();
    DeviceDescriptor {
        label: Some("branchdesk"),
        required_limits: Limits {
            max_texture_dimension_2d: has.max_texture_dimension_2d.min(8_192),
            ..wanted.using_resolution(has)
        },
        ..DeviceDescriptor::default()
    }
}
